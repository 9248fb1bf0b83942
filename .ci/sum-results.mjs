// Sums what the steps and the test reports say; the last line is "N passed, N failed[, N skipped]".
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const SKIPPED = 77;
const [stepsFile, surefire, vitest] = process.argv.slice(2);
const sum = { passed: 0, failed: 0, skipped: 0 };

function addSurefire(folder) {
  if (!existsSync(folder)) return;
  for (const file of readdirSync(folder).filter((f) => /^TEST-.*\.xml$/.test(f))) {
    const suite = /<testsuite\b[^>]*>/.exec(readFileSync(join(folder, file), 'utf8'))?.[0] ?? '';
    const count = (name) => Number(new RegExp(`\\s${name}="(\\d+)"`).exec(suite)?.[1] ?? 0);
    const failed = count('failures') + count('errors');
    sum.failed += failed;
    sum.skipped += count('skipped');
    sum.passed += count('tests') - failed - count('skipped');
    if (failed > 0) console.log(`failed: ${/\sname="([^"]*)"/.exec(suite)?.[1] ?? file} (${failed})`);
  }
}

function addVitest(file) {
  if (!existsSync(file)) return;
  const report = JSON.parse(readFileSync(file, 'utf8'));
  sum.passed += report.numPassedTests;
  sum.skipped += report.numPendingTests + (report.numTodoTests ?? 0);
  // A file that does not even load has no failed test, but is a failure.
  const broken = report.testResults.filter(
    (r) => r.status === 'failed' && !r.assertionResults.some((a) => a.status === 'failed'),
  );
  sum.failed += report.numFailedTests + broken.length;
  for (const r of report.testResults.filter((r) => r.status === 'failed')) console.log(`failed: ${r.name}`);
}

function addSteps(file) {
  const testsFailed = sum.failed > 0;
  for (const line of readFileSync(file, 'utf8').trim().split('\n')) {
    const [name, status] = line.split(' ');
    const code = Number(status);
    if (name === 'build') {
      // A build that broke elsewhere than in a test (format, compiler, licence) is one failure.
      if (code !== 0 && !testsFailed) sum.failed += 1;
    } else if (code === SKIPPED) {
      sum.skipped += 1;
    } else if (code === 0) {
      sum.passed += 1;
    } else {
      sum.failed += 1;
    }
    if (code !== 0 && code !== SKIPPED) console.log(`failed: ${name} (status ${code})`);
  }
}

addSurefire(surefire);
addVitest(vitest);
const tests = sum.passed + sum.failed + sum.skipped;
addSteps(stepsFile);
if (tests === 0) {
  console.log('no test ran');
  console.log('0 passed, 1 failed');
  process.exit(1);
}
console.log(
  `${sum.passed} passed, ${sum.failed} failed` + (sum.skipped > 0 ? `, ${sum.skipped} skipped` : ''),
);
process.exit(sum.failed > 0 ? 1 : 0);
