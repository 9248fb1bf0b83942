import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { IncomingModel } from '@/shared/api/types';
import { expectAccessible } from '@/test/expect-accessible';
import { fakeApi, problem } from '@/test/fake-api';
import { page, signedIn } from '@/test/fixtures';
import { renderApp } from '@/test/render-app';

const anIncoming = (changes: Partial<IncomingModel> = {}): IncomingModel => ({
  id: 'incoming-1',
  kind: 'FETCH',
  source: 'https://models.example/tiny.gguf',
  fileName: 'tiny.gguf',
  name: null,
  state: 'RECEIVING',
  receivedBytes: 2_000_000_000,
  totalBytes: 8_000_000_000,
  bytesPerSecond: 50_000_000,
  secondsLeft: 120,
  problem: null,
  modelId: null,
  createdAt: '2026-08-02T08:00:00Z',
  expiresAt: '2026-08-09T08:00:00Z',
  ...changes,
});

test('fetches a model from an address and shows how far it is', async () => {
  const api = fakeApi({
    ...signedIn(),
    'GET /models/registry': page([]),
    'POST /models/incoming': anIncoming({ state: 'WAITING' }),
  });
  const { user } = renderApp('/models');
  await user.click(await screen.findByRole('button', { name: 'Fetch from an address' }));
  const dialog = within(await screen.findByRole('dialog'));
  await user.type(dialog.getByLabelText('Address'), 'https://models.example/tiny.gguf');
  await user.type(dialog.getByLabelText('SHA-256 (optional)'), 'a'.repeat(64));
  await expectAccessible();
  api.on('GET /models/incoming', page([anIncoming()]));
  await user.click(dialog.getByRole('button', { name: 'Fetch' }));

  expect(await screen.findByText('2 GB of 8 GB, 50 MB per second, 2 mins left')).toBeVisible();
  expect(screen.getByRole('progressbar', { name: 'tiny.gguf' })).toHaveAttribute('aria-valuenow', '25');
  expect(api.callsOf('POST', '/models/incoming')[0]?.body).toEqual({
    url: 'https://models.example/tiny.gguf',
    name: null,
    licence: null,
    sha256: 'a'.repeat(64),
  });
  await expectAccessible();
});

test('asks no checksum of a model in parts', async () => {
  const api = fakeApi({
    ...signedIn(),
    'GET /models/registry': page([]),
    'POST /models/incoming': anIncoming({ state: 'WAITING' }),
  });
  const { user } = renderApp('/models');
  await user.click(await screen.findByRole('button', { name: 'Fetch from an address' }));
  const dialog = within(await screen.findByRole('dialog'));
  await user.type(dialog.getByLabelText('SHA-256 (optional)'), 'a'.repeat(64));
  const url = 'https://models.example/large-00001-of-00003.gguf?download=true';
  await user.type(dialog.getByLabelText('Address'), url);

  expect(dialog.queryByLabelText('SHA-256 (optional)')).not.toBeInTheDocument();
  expect(dialog.getByLabelText('Address')).toHaveAccessibleDescription(/All parts are fetched/);
  await expectAccessible();
  await user.click(dialog.getByRole('button', { name: 'Fetch' }));
  await waitFor(() =>
    expect(api.callsOf('POST', '/models/incoming')[0]?.body).toEqual({ url, name: null, licence: null, sha256: null }),
  );
});

test('says why an address is refused and keeps what was typed', async () => {
  fakeApi({
    ...signedIn(),
    'GET /models/registry': page([]),
    'POST /models/incoming': problem(400, 'fetch-address-refused', 'Address not allowed', 'Nothing is fetched from x.'),
  });
  const { user } = renderApp('/models');
  await user.click(await screen.findByRole('button', { name: 'Fetch from an address' }));
  const dialog = within(await screen.findByRole('dialog'));
  await user.type(dialog.getByLabelText('Address'), 'https://10.0.0.1/a.gguf');
  await user.click(dialog.getByRole('button', { name: 'Fetch' }));
  expect(await dialog.findByRole('alert')).toHaveTextContent('Address not allowed');
  expect(dialog.getByLabelText('Address')).toHaveValue('https://10.0.0.1/a.gguf');
});

test('tries a failed fetch again, and asks before it throws one away', async () => {
  const cause = { code: 'fetch-failed', title: 'x', detail: 'models.example does not give the file: status 404.' };
  const api = fakeApi({
    ...signedIn(),
    'GET /models/registry': page([]),
    'GET /models/incoming': page([anIncoming({ state: 'FAILED', problem: cause, bytesPerSecond: null })]),
    'POST /models/incoming/incoming-1/retry': anIncoming({ state: 'WAITING' }),
    'DELETE /models/incoming/incoming-1': undefined,
  });
  api.on('DELETE /models/incoming/incoming-1', null);
  const { user } = renderApp('/models');
  expect(await screen.findByText(/models.example does not give the file/)).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Try tiny.gguf again' }));
  expect(api.callsOf('POST', '/models/incoming/incoming-1/retry')).toHaveLength(1);

  await user.click(screen.getByRole('button', { name: 'Discard tiny.gguf' }));
  expect(api.callsOf('DELETE', '/models/incoming/incoming-1')).toHaveLength(0);
  api.on('GET /models/incoming', page([]));
  await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Discard' }));
  await waitFor(() => expect(screen.queryByText(/does not give the file/)).toBeNull());
});

test('an upload that broke off wants the same file again, and no other', async () => {
  fakeApi({
    ...signedIn(),
    'GET /models/registry': page([]),
    'GET /models/incoming': page([
      anIncoming({ kind: 'UPLOAD', source: null, bytesPerSecond: null, receivedBytes: 5, totalBytes: 9 }),
    ]),
  });
  const { user } = renderApp('/models');
  expect(await screen.findByText(/^5 bytes of 9 bytes are here/)).toBeVisible();
  const [picker] = screen.getAllByLabelText('Choose a GGUF file');
  await user.upload(picker as HTMLElement, new File(['GGUF'], 'tiny.gguf'));
  expect(await screen.findByRole('alert')).toHaveTextContent('That is another file');
  expect(screen.getByRole('button', { name: 'Choose the file and go on' })).toBeVisible();
});

test('asks what to say of a file before it is uploaded', async () => {
  fakeApi({ ...signedIn(), 'GET /models/registry': page([]) });
  const { user } = renderApp('/models');
  await user.upload(await screen.findByLabelText('Choose a GGUF file'), new File(['GGUF...'], 'new.gguf'));
  const dialog = within(await screen.findByRole('dialog'));
  expect(dialog.getByRole('heading', { name: 'Upload new.gguf' })).toBeVisible();
  expect(dialog.getByLabelText('Licence (optional)')).toBeVisible();
  await expectAccessible();
});
