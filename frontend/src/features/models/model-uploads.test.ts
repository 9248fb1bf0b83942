import { beforeEach, expect, test, vi } from 'vitest';
import { FakeTusServer } from '@/test/fake-tus-server';
import { ModelUploads } from './model-uploads';

const noFacts = { name: '', licence: '', sha256: '' };
const content = 'GGUF and what follows';
const aFile = () => new File([content], 'tiny.gguf');
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

beforeEach(() => {
  document.cookie = 'XSRF-TOKEN=token-1';
});

function uploading(retries: number[] = []) {
  const server = new FakeTusServer();
  const changed = vi.fn();
  const uploads = new ModelUploads(changed, server, retries);
  return { server, uploads, changed, first: () => uploads.snapshot()[0] };
}

test('sends a file with what is said of it, and forgets it when it is there', async () => {
  const { server, uploads, changed } = uploading();
  uploads.add(aFile(), { name: 'Tiny', licence: '', sha256: '' });
  await vi.waitFor(() => expect(uploads.snapshot()).toEqual([]));
  expect(text(server.received)).toBe(content);
  expect(server.metadata).toBe(`filename ${btoa('tiny.gguf')},name ${btoa('Tiny')}`);
  expect(server.calls).toEqual(['POST /uploads', 'PATCH /uploads/upload-1']);
  expect(server.tokens).toEqual(['token-1', 'token-1']);
  expect(changed).toHaveBeenCalled();
});

test('goes on by itself when the connection breaks', async () => {
  const { server, uploads } = uploading([0]);
  server.breakAfter = 5;
  uploads.add(aFile(), noFacts);
  await vi.waitFor(() => expect(uploads.snapshot()).toEqual([]));
  expect(text(server.received)).toBe(content);
  expect(server.calls).toEqual([
    'POST /uploads',
    'PATCH /uploads/upload-1',
    'HEAD /uploads/upload-1',
    'PATCH /uploads/upload-1',
  ]);
});

test('waits when the connection stays lost, and goes on when it is back', async () => {
  const { server, uploads, first } = uploading();
  server.breakAfter = 5;
  uploads.add(aFile(), noFacts);
  await vi.waitFor(() => expect(first()?.phase).toBe('PAUSED'));
  expect(first()?.problem?.code).toBe('unreachable');
  uploads.resumeLost();
  await vi.waitFor(() => expect(uploads.snapshot()).toEqual([]));
  expect(text(server.received)).toBe(content);
});

test('goes on with what the server has of a file that is chosen again', async () => {
  const { server, uploads } = uploading();
  server.received = new TextEncoder().encode(content.slice(0, 7));
  server.length = content.length;
  uploads.add(aFile(), noFacts, 'upload-1');
  await vi.waitFor(() => expect(uploads.snapshot()).toEqual([]));
  expect(text(server.received)).toBe(content);
  expect(server.calls).toEqual(['HEAD /uploads/upload-1', 'PATCH /uploads/upload-1']);
});

test('keeps the problem of what the server refuses', async () => {
  const { server, uploads, first } = uploading([0, 0]);
  const body = { code: 'not-gguf', title: 'No GGUF file', status: 415, detail: 'x' };
  server.refusal = { status: 415, body: JSON.stringify(body) };
  uploads.add(aFile(), noFacts);
  await vi.waitFor(() => expect(first()?.phase).toBe('FAILED'));
  expect(first()?.problem?.code).toBe('not-gguf');
  expect(server.calls).toHaveLength(1);
  uploads.forget(first()?.key ?? 0);
  expect(uploads.snapshot()).toEqual([]);
});
