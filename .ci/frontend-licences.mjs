// Fails when a package that goes into the pages has a licence that is not allowed here.
import { existsSync, readFileSync } from 'node:fs';

const LOCK = 'frontend/package-lock.json';
if (!existsSync(LOCK)) {
  console.log(`skipped: no ${LOCK}`);
  process.exit(77);
}
const allowed = new Set(
  readFileSync('.ci/licences/allowed.txt', 'utf8').split('\n').filter(Boolean),
);
// Packages whose package.json states no licence; each was read where its own text states one.
const corrections = JSON.parse(readFileSync('.ci/licences/frontend-corrections.json', 'utf8'));
const alternatives = (licence) => licence.replace(/[()]/g, '').split(/ OR /);
const isAllowed = (licence) => licence.split(/ AND /).every((l) => alternatives(l).some((a) => allowed.has(a)));

const packages = Object.entries(JSON.parse(readFileSync(LOCK, 'utf8')).packages)
  .filter(([path, entry]) => path !== '' && !entry.dev)
  .map(([path, entry]) => ({ name: path.replace(/^.*node_modules\//, ''), ...entry }))
  .map(({ name, version, license }) => ({
    name,
    version,
    licence: license ?? corrections[`${name}@${version}`] ?? 'none stated',
  }));
const refused = packages.filter((p) => !isAllowed(p.licence));
for (const p of refused) console.log(`${p.name} ${p.version}: ${p.licence}`);
console.log(`${packages.length} front-end packages, ${refused.length} with a licence that is not allowed`);
process.exit(refused.length > 0 ? 1 : 0);
