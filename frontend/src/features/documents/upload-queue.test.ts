import { expect, test, vi } from 'vitest';
import type { UploadResult } from '@/shared/api/types';
import { aDocument } from '@/test/fixtures';
import { UploadQueue, type SendFile } from './upload-queue';

interface Sent {
  file: File;
  progress: (sent: number, total: number) => void;
  signal: AbortSignal;
  resolve: (result: UploadResult) => void;
  reject: (error: unknown) => void;
}

/** A queue whose server answers when the test says so. */
function aQueue() {
  const sent: Sent[] = [];
  const clock = { millis: 0 };
  const send: SendFile = (_, file, progress, signal) =>
    new Promise((resolve, reject) => {
      sent.push({ file, progress, signal, resolve, reject });
    });
  return {
    queue: new UploadQueue(
      send,
      () => undefined,
      () => clock.millis,
    ),
    sent,
    clock,
  };
}

const files = (...names: string[]) => names.map((name) => new File(['0123456789'], name));
const accepted = (id: string): UploadResult => ({
  fileName: id,
  outcome: 'ACCEPTED',
  document: aDocument({ id, state: 'PROCESSING', stage: 'EXTRACTING', progress: 0 }),
  duplicateOf: null,
  problem: null,
});
const phases = (queue: UploadQueue) => queue.snapshot().map(({ phase }) => phase);

test('sends three files at a time and the next when one is done', async () => {
  const { queue, sent } = aQueue();
  queue.add(files('a', 'b', 'c', 'd'), 'collection-1');
  expect(phases(queue)).toEqual(['SENDING', 'SENDING', 'SENDING', 'WAITING']);
  sent[0]?.resolve(accepted('a'));
  await vi.waitFor(() => expect(phases(queue)).toEqual(['PROCESSING', 'SENDING', 'SENDING', 'SENDING']));
});

test('follows the document on the server until it is ready', async () => {
  const { queue, sent } = aQueue();
  queue.add(files('a'), 'collection-1');
  sent[0]?.resolve(accepted('a'));
  await vi.waitFor(() => expect(phases(queue)).toEqual(['PROCESSING']));
  queue.documentChanged(aDocument({ id: 'another', state: 'FAILED' }));
  expect(phases(queue)).toEqual(['PROCESSING']);
  queue.documentChanged(aDocument({ id: 'a', state: 'INDEXED' }));
  expect(phases(queue)).toEqual(['DONE']);
});

test('tells speed from the bytes sent and the time since', () => {
  const { queue, sent, clock } = aQueue();
  queue.add(files('a'), 'collection-1');
  clock.millis = 2000;
  sent[0]?.progress(50, 100);
  expect(queue.snapshot()[0]).toMatchObject({ sentBytes: 5, bytesPerSecond: 2.5 });
});

test('one refused file fails alone, with its reason, and can be sent again', async () => {
  const { queue, sent } = aQueue();
  queue.add(files('a', 'b'), 'collection-1');
  const problem = {
    code: 'encrypted-document',
    title: 'This file is protected by a password',
    detail: 'Remove the password.',
  };
  sent[0]?.resolve({ fileName: 'a', outcome: 'REJECTED', document: null, duplicateOf: null, problem });
  sent[1]?.resolve(accepted('b'));
  await vi.waitFor(() => expect(phases(queue)).toEqual(['FAILED', 'PROCESSING']));
  const [failed] = queue.snapshot();
  expect(failed?.problem?.message).toBe('This file is protected by a password');
  queue.retry(failed?.key ?? 0);
  expect(sent).toHaveLength(3);
  expect(queue.snapshot()[0]).toMatchObject({ phase: 'SENDING', problem: null });
});

test('a cancelled file stops being sent and makes room', async () => {
  const { queue, sent } = aQueue();
  queue.add(files('a', 'b', 'c', 'd'), 'collection-1');
  queue.cancel(queue.snapshot()[0]?.key ?? 0);
  expect(sent[0]?.signal.aborted).toBe(true);
  sent[0]?.reject(new DOMException('cancelled', 'AbortError'));
  await vi.waitFor(() => expect(phases(queue)).toEqual(['CANCELLED', 'SENDING', 'SENDING', 'SENDING']));
  queue.clearSettled();
  expect(queue.snapshot()).toHaveLength(3);
});

test('a stored file remembers the document that has the same bytes elsewhere', async () => {
  const { queue, sent } = aQueue();
  const duplicateOf = { id: 'elsewhere', title: 'Leave 2025' };
  queue.add(files('a'), 'collection-1');
  sent[0]?.resolve({ ...accepted('a'), duplicateOf });
  await vi.waitFor(() => expect(queue.snapshot()[0]).toMatchObject({ phase: 'PROCESSING', duplicateOf }));
  queue.documentChanged(aDocument({ id: 'a', state: 'INDEXED' }));
  expect(queue.snapshot()[0]).toMatchObject({ phase: 'DONE', duplicateOf });
});

test('a document deleted while it is read is waited for no more', async () => {
  const { queue, sent } = aQueue();
  queue.add(files('a', 'b'), 'collection-1');
  sent[0]?.resolve(accepted('a'));
  sent[1]?.resolve(accepted('b'));
  await vi.waitFor(() => expect(queue.awaited()).toEqual(['a', 'b']));
  queue.documentDeleted('a');
  expect(phases(queue)).toEqual(['CANCELLED', 'PROCESSING']);
  expect(queue.awaited()).toEqual(['b']);
});
