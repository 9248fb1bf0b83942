import { expect, test } from 'vitest';
import { EventParser } from './server-events';

test('reads events across any chunk boundary', () => {
  const text = ': hello\r\nevent: text\r\ndata: {"a":1}\r\n\r\nevent:done\ndata: one\ndata: two\n\n';
  const whole = [
    { event: 'text', data: '{"a":1}' },
    { event: 'done', data: 'one\ntwo' },
  ];
  for (let cut = 0; cut <= text.length; cut++) {
    const parser = new EventParser();
    expect([...parser.push(text.slice(0, cut)), ...parser.push(text.slice(cut))], `cut at ${cut}`).toEqual(whole);
  }
});

test('leaves out heartbeats and unfinished events', () => {
  const parser = new EventParser();
  expect(parser.push(':\n\n:\n\nevent: text\ndata: half')).toEqual([]);
});
