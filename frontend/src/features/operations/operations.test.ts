import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const java = '../src/main/java/io/witan';
const sources = readdirSync(java, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.java'))
  .map((name) => readFileSync(join(java, name), 'utf8'))
  .filter((text) => text.includes('Audited'))
  .join('\n');
const page = (name: string) => readFileSync(join('src/features/operations', name), 'utf8');

test('every fact that the server tells has words', () => {
  const told = [...sources.matchAll(/Fact\.of\(\s*"(\w+)"/g)].map((match) => match[1] ?? '');
  expect(new Set(told).size).toBeGreaterThan(3);
  expect(told.filter((name) => !page('use-fact-text.ts').includes(`case '${name}'`))).toEqual([]);
});
