import { expect, test, vi } from 'vitest';
import { fakeApi, problem, Reply } from '@/test/fake-api';
import { address, json } from './client';
import { Problem } from './problem';

test('sends the token of the cookie with every change, and with no read', async () => {
  const api = fakeApi({ 'GET /me': {}, 'PATCH /me': {} });
  await json('/me');
  await json('/me', { method: 'PATCH', body: {} });
  expect(api.calls.map(({ headers }) => headers.get('X-XSRF-TOKEN'))).toEqual([null, 'token-1']);
});

test('fetches a token first when there is none yet', async () => {
  document.cookie = 'XSRF-TOKEN=; max-age=0';
  const api = fakeApi({
    'GET /setup': () => {
      document.cookie = 'XSRF-TOKEN=fresh';
      return { required: false };
    },
    'POST /session': {},
  });
  await json('/session', { method: 'POST', body: {} });
  expect(api.callsOf('POST', '/session')[0]?.headers.get('X-XSRF-TOKEN')).toBe('fresh');
});

test('throws the problem the server tells, with its request id', async () => {
  fakeApi({ 'GET /documents/x': problem(404, 'document-not-found', 'No such document', 'It may be gone.') });
  const error = await json('/documents/x').catch(Problem.from);
  expect(error).toMatchObject({
    code: 'document-not-found',
    status: 404,
    detail: 'It may be gone.',
    requestId: 'request-7',
  });
});

test('calls a failure without an answer unreachable', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
  await expect(json('/me')).rejects.toMatchObject({ code: 'unreachable' });
});

test('makes a problem of an answer that is not JSON', async () => {
  fakeApi({ 'GET /me': new Reply(502) });
  await expect(json('/me')).rejects.toMatchObject({ code: 'http-502', status: 502 });
});

test('leaves empty values out of the address', () => {
  expect(address('/documents', { query: '', cursor: null, state: 'FAILED', limit: 5 })).toBe(
    '/api/v1/documents?state=FAILED&limit=5',
  );
});
