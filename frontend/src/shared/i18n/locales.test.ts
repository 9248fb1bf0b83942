import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import en from './en.json';
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

test('both languages say the same things', () => {
  expect(keysOf(zh)).toEqual(keysOf(en));
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
  const chinese = texts(zh);
  for (const [key, text] of texts(en)) {
    const translated = chinese.get(key) ?? chinese.get(`${withoutPlural(key)}_other`);
    if (!key.endsWith('_one')) expect(values(translated), key).toEqual(values(text));
  }
});

test('nothing is left in English on Chinese pages', () => {
  const untranslated = [...texts(zh)].filter(([, text]) => !/[\u4e00-\u9fff]/.test(text.replace(/\{\{\w+\}\}/g, '')));
  expect(untranslated.map(([key]) => key).sort()).toEqual(['chat.timingBy', 'document.checksum', 'operations.version']);
});
