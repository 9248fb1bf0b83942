import { act, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fakeApi, problem, Stream } from '@/test/fake-api';
import { aDocument, page, signedIn } from '@/test/fixtures';
import { renderApp } from '@/test/render-app';

const events = 'GET /documents/events';
const travel = (changes: object) => aDocument({ id: 'document-2', title: 'Travel', ...changes });

beforeEach(() => vi.useFakeTimers({ shouldAdvanceTime: true }));
afterEach(() => vi.useRealTimers());

/** A connection that is lost when the test says so. */
function aConnection() {
  let lose: () => void = () => undefined;
  const lost = new Promise<void>((resolve) => {
    lose = resolve;
  });
  async function* silence(): AsyncGenerator<[string, unknown]> {
    await lost;
    yield* [];
  }
  return { stream: new Stream(silence()), lose };
}

test('comes back after the connection is lost and shows what happened meanwhile', async () => {
  const first = aConnection();
  const api = fakeApi({
    ...signedIn(),
    'GET /documents': page([travel({ state: 'PROCESSING', stage: 'EMBEDDING', progress: 0.5 })]),
    [events]: first.stream,
  });
  renderApp('/documents');
  await screen.findByRole('progressbar', { name: 'Indexing' });
  const countsAsked = api.callsOf('GET', '/document-counts').length;

  api.on('GET /documents', page([travel({ state: 'INDEXED' })]));
  api.on(events, aConnection().stream);
  act(() => first.lose());
  await act(() => vi.advanceTimersByTimeAsync(1100));

  const row = screen.getByRole('link', { name: 'Travel' }).closest('tr') as HTMLElement;
  expect(await within(row).findByText('Ready')).toBeVisible();
  expect(api.callsOf('GET', '/documents/events')).toHaveLength(2);
  expect(api.callsOf('GET', '/document-counts').length).toBeGreaterThan(countsAsked);
});

test('waits longer after every failure, and not at all without a session', async () => {
  const api = fakeApi({
    ...signedIn(),
    'GET /documents': page([travel({})]),
    [events]: problem(503, 'unavailable', 'Unavailable'),
  });
  renderApp('/documents');
  await screen.findByRole('link', { name: 'Travel' });
  const tries = () => api.callsOf('GET', '/documents/events').length;
  await waitFor(() => expect(tries()).toBe(1));
  await act(() => vi.advanceTimersByTimeAsync(1100));
  expect(tries()).toBe(2);
  await act(() => vi.advanceTimersByTimeAsync(1100));
  expect(tries()).toBe(2);
  await act(() => vi.advanceTimersByTimeAsync(1000));
  expect(tries()).toBe(3);

  api.on(events, problem(401, 'not-signed-in', 'Not signed in'));
  await act(() => vi.advanceTimersByTimeAsync(4100));
  expect(tries()).toBe(4);
  await act(() => vi.advanceTimersByTimeAsync(60_000));
  expect(tries()).toBe(4);
});

test('does not listen while nobody looks, and asks again when somebody does', async () => {
  const api = fakeApi({ ...signedIn(), 'GET /documents': page([travel({})]), [events]: aConnection().stream });
  renderApp('/documents');
  await screen.findByRole('link', { name: 'Travel' });
  const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
  act(() => void document.dispatchEvent(new Event('visibilitychange')));
  api.on('GET /documents', page([travel({ title: 'Travel policy' })]));
  await act(() => vi.advanceTimersByTimeAsync(60_000));
  expect(api.callsOf('GET', '/documents/events')).toHaveLength(1);

  hidden.mockRestore();
  api.on(events, aConnection().stream);
  act(() => void document.dispatchEvent(new Event('visibilitychange')));
  expect(await screen.findByRole('link', { name: 'Travel policy' })).toBeVisible();
  expect(api.callsOf('GET', '/documents/events')).toHaveLength(2);
});
