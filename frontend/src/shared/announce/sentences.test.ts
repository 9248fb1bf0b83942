import { expect, test } from 'vitest';
import { completeSentences } from './sentences';

test('gives each complete sentence once while the text grows', () => {
  const first = completeSentences('Leave is sixteen weeks. It may', 0);
  expect(first.sentences).toEqual(['Leave is sixteen weeks.']);
  const second = completeSentences('Leave is sixteen weeks. It may be split. ', first.end);
  expect(second.sentences).toEqual(['It may be split.']);
});

test('waits at a full stop that more may follow, as in a number', () => {
  expect(completeSentences('It costs 3.', 0).sentences).toEqual([]);
  expect(completeSentences('It costs 3.50 euros. ', 0).sentences).toEqual(['It costs 3.50 euros.']);
});

test('knows Chinese sentence ends', () => {
  expect(completeSentences('年假十五天。可以结转吗？不', 0).sentences).toEqual(['年假十五天。', '可以结转吗？']);
});
