import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import en from './en.json';
import problemsEn from './problems.en.json';
import problemsZh from './problems.zh.json';
import zh from './zh.json';

interface Tree {
  [key: string]: string | Tree;
}

function texts(tree: Tree, path = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, value] of Object.entries(tree)) {
    const key = path ? `${path}.${name}` : name;
    if (typeof value === 'string') found.set(key, value);
    else for (const [inner, text] of texts(value, key)) found.set(inner, text);
  }
  return found;
}

const withoutPlural = (key: string) => key.replace(/_(one|other)$/, '');
const keysOf = (tree: Tree) => [...new Set([...texts(tree).keys()].map(withoutPlural))].sort();
const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !/\.test\.|i18next\.d\.ts/.test(name))
  .map((name) => readFileSync(join('src', name), 'utf8'))
  .join('\n');

const english = { ...en, problems: problemsEn };
const chinese = { ...zh, problems: problemsZh };

test('both languages say the same things', () => {
  expect(keysOf(chinese)).toEqual(keysOf(english));
});

test('no text is unused', () => {
  expect(keysOf(en).filter((key) => !sources.includes(`'${key}'`))).toEqual([]);
});

test('no text is missing that a page asks for', () => {
  const asked = [...sources.matchAll(/\bt\(\s*'([\w.]+)'/g)].map((match) => match[1] ?? '');
  expect(asked.length).toBeGreaterThan(200);
  expect(asked.filter((key) => !keysOf(en).includes(key))).toEqual([]);
});

test('both languages fill in the same values', () => {
  const values = (text: string | undefined) => [...new Set(text?.match(/\{\{\w+\}\}/g))].sort();
  const inChinese = texts(chinese);
  for (const [key, text] of texts(english)) {
    const translated = inChinese.get(key) ?? inChinese.get(`${withoutPlural(key)}_other`);
    if (!key.endsWith('_one')) expect(values(translated), key).toEqual(values(text));
  }
});

test('nothing is left in English on Chinese pages', () => {
  const untranslated = [...texts(chinese)].filter(
    ([, text]) => !/[\u4e00-\u9fff]/.test(text.replace(/\{\{\w+\}\}/g, '')),
  );
  expect(untranslated.map(([key]) => key).sort()).toEqual([
    'chat.timingBy',
    'document.checksum',
    'operations.fact.right',
    'operations.generator.reusedValue',
    'operations.version',
    'problem.inOneLine',
  ]);
});

// What the server tells is looked up by code, so no source names these keys: the page of problems does.
const page = readFileSync('../docs/problems.md', 'utf8');
const documented = [...page.matchAll(/^\| `([a-z-]+)` \|/gm)].map((match) => match[1] ?? '');
const ownCodes = [...sources.matchAll(/\bcode: '([a-z-]+)'/g)].map((match) => match[1] ?? '');

test('every problem of the server, and every one the pages make, is told in both languages', () => {
  expect(documented.length).toBeGreaterThan(50);
  expect(ownCodes).toContain('unreachable');
  for (const problems of [problemsEn, problemsZh] as Tree[]) {
    const untold = [...documented, ...ownCodes].filter((code) => {
      const words = problems[code];
      return typeof words !== 'object' || !words.title || !words.advice;
    });
    expect(untold).toEqual([]);
  }
});

test('no problem is told that nobody makes', () => {
  expect(Object.keys(problemsEn).filter((code) => ![...documented, ...ownCodes].includes(code))).toEqual([]);
});

test('a problem has a title and advice, and advice for the values it can carry', () => {
  const names = new Set(keysOf({ problems: problemsEn }).map((key) => key.replace(/^problems\.[a-z-]+\./, '')));
  expect([...names].sort()).toEqual(['advice', 'advice_fields', 'advice_limit', 'advice_wait', 'title']);
});

test('the page of problems lists every code of a document', () => {
  const extraction = '../src/main/java/io/witan/documents/extraction';
  const java = ['ExtractionFailed', 'ExtractionWarning', '../indexing/Causes']
    .map((name) => readFileSync(join(extraction, `${name}.java`), 'utf8'))
    .join('\n');
  const codes = [...java.matchAll(/static final String \w+ = "([a-z-]+)"/g)].map((match) => match[1] ?? '');
  expect(codes.length).toBeGreaterThan(10);
  expect(codes.filter((code) => !documented.includes(code))).toEqual([]);
});
