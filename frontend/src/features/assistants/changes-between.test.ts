import { expect, test } from 'vitest';
import { changesBetween, type Change } from './changes-between';

const marks = { same: '', removed: '-', added: '+' };
const shown = (changes: Change[]) => changes.map(({ kind, text }) => `${marks[kind]}[${text}]`).join('');
const sideOf = (changes: Change[], side: Change['kind']) =>
  changes
    .filter(({ kind }) => kind === 'same' || kind === side)
    .map(({ text }) => text)
    .join('');

test('marks words, not letters and not lines', () => {
  expect(shown(changesBetween('Be brief and polite.', 'Be thorough and polite.'))).toBe(
    '[Be ]-[brief]+[thorough][ and polite.]',
  );
});

test('marks words of a language that writes no spaces', () => {
  expect(shown(changesBetween('请简短回答问题。', '请详细回答问题。'))).toBe('[请]-[简短]+[详细][回答问题。]');
});

test('a text that was empty is all new, one that did not change is all the same', () => {
  expect(shown(changesBetween('', 'New words.'))).toBe('+[New words.]');
  expect(shown(changesBetween('Old words.', ''))).toBe('-[Old words.]');
  expect(shown(changesBetween('Same.', 'Same.'))).toBe('[Same.]');
  expect(changesBetween('', '')).toEqual([]);
});

test('both texts can be read back from the changes, whatever they are', () => {
  const draw = (seed: number) =>
    Array.from({ length: 60 }, (_, place) => 'abc \n答'[(seed * (place + 7) * 31 + place * place) % 6]).join('');
  for (let seed = 1; seed < 40; seed++) {
    const changes = changesBetween(draw(seed), draw(seed + 1));
    expect(sideOf(changes, 'removed')).toBe(draw(seed));
    expect(sideOf(changes, 'added')).toBe(draw(seed + 1));
  }
});

test('the longest instructions are compared by lines, in reasonable time', () => {
  const rule = (place: number) => `Rule ${place}: answer in ${place % 7} short words, please.\n`;
  const before = Array.from({ length: 400 }, (_, place) => rule(place)).join('');
  const after = Array.from({ length: 400 }, (_, place) => rule(place + 3)).join('');
  const changes = changesBetween(before, after);
  expect(changes.map(({ kind }) => kind)).toEqual(['removed', 'same', 'added']);
  expect(sideOf(changes, 'added')).toBe(after);
});
