import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => /\.tsx?$/.test(name));
const product = files.filter((name) => !/\.test\.|^test\/|\.d\.ts$|^main\.tsx$/.test(name));

/** The modules a file imports, as paths below src. */
function importsOf(name: string): string[] {
  const text = readFileSync(join('src', name), 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?'([^']+)'/g)]
    .map((match) => match[1] ?? '')
    .filter((path) => path.startsWith('@/') || path.startsWith('.'))
    .map((path) => (path.startsWith('@/') ? path.slice(2) : join(name, '..', path)));
}

const placeOf = (path: string) =>
  path.startsWith('features/') ? path.split('/').slice(0, 2).join('/') : (path.split('/')[0] ?? '');

/** shared ← features ← app, and no feature knows another. */
function mayImport(from: string, to: string): boolean {
  if (from === to || to === 'shared') return true;
  return from === 'app' && to.startsWith('features/');
}

test('imports go down only: shared, then features, then app', () => {
  const wrong = product.flatMap((name) =>
    importsOf(name)
      .filter((path) => !mayImport(placeOf(name), placeOf(path)))
      .map((path) => `${name} → ${path}`),
  );
  expect(wrong).toEqual([]);
});

test('files are kebab-case, none is a barrel', () => {
  const wrong = files.filter(
    (name) =>
      !/^(?:[a-z0-9-]+\/)*[a-z0-9]+(?:-[a-z0-9]+)*(?:\.test|\.d)?\.tsx?$/.test(name) || /\/index\.tsx?$/.test(name),
  );
  expect(wrong).toEqual([]);
});

test('a component has one file of at most 150 lines', () => {
  const long = product.filter(
    (name) => name.endsWith('.tsx') && readFileSync(join('src', name), 'utf8').split('\n').length > 151,
  );
  expect(long).toEqual([]);
});
