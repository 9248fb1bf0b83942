import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { expectAccessible } from '@/test/expect-accessible';
import { fakeApi } from '@/test/fake-api';
import { page, signedIn } from '@/test/fixtures';
import { renderApp } from '@/test/render-app';

const remote = {
  id: 'remote-1',
  name: 'House vLLM',
  address: 'http://gpu.example:8000/v1',
  host: 'gpu.example:8000',
  model: 'some/model',
  contextTokens: 32768,
  hasKey: true,
  addedAt: '2026-08-02T08:00:00Z',
};

test('adds a remote model, and names the host before text may leave', async () => {
  const api = fakeApi({
    ...signedIn(),
    'GET /models/registry': page([]),
    'POST /models/remote': remote,
    'PUT /models/remote/remote-1/active': remote,
  });
  const { user } = renderApp('/models');
  await user.click(await screen.findByRole('button', { name: 'Add a remote model' }));
  const dialog = within(await screen.findByRole('dialog'));
  await user.type(dialog.getByLabelText('Name'), 'House vLLM');
  await user.type(dialog.getByLabelText('Address'), remote.address);
  await user.type(dialog.getByLabelText("Model's name there"), 'some/model');
  await user.type(dialog.getByLabelText('API key (optional)'), 'sk-1');
  api.on('GET /models/remote', page([remote]));
  await user.click(dialog.getByRole('button', { name: 'Add' }));

  expect(await screen.findByText('Leaves this machine')).toBeVisible();
  expect(api.callsOf('POST', '/models/remote')[0]?.body).toEqual({
    name: 'House vLLM',
    address: remote.address,
    model: 'some/model',
    contextTokens: 32768,
    key: 'sk-1',
  });
  await expectAccessible();
  await user.click(screen.getByRole('button', { name: 'Activate House vLLM' }));
  expect(await screen.findByRole('heading', { name: 'Send text to gpu.example:8000?' })).toBeVisible();
  await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Activate' }));
  expect(api.callsOf('PUT', '/models/remote/remote-1/active')).toHaveLength(1);
});

test('says what a test of the connection came to', async () => {
  const api = fakeApi({
    ...signedIn(),
    'GET /models/registry': page([]),
    'GET /models/remote': page([remote]),
    'POST /models/remote/remote-1/check': {
      ok: true,
      millis: 321,
      firstTokenMillis: 300,
      answer: 'ready',
      problem: null,
    },
  });
  const { user } = renderApp('/models');
  const button = await screen.findByRole('button', { name: 'Test the connection to House vLLM' });
  await user.click(button);
  expect(await screen.findByText('Answered after 321 ms: ready')).toBeVisible();
  const cause = { code: 'remote-unreachable', title: 'x', detail: 'gpu.example:8000 cannot be reached: no way.' };
  api.on('POST /models/remote/remote-1/check', {
    ok: false,
    millis: 9,
    firstTokenMillis: null,
    answer: '',
    problem: cause,
  });
  await user.click(button);
  expect(await screen.findByText('The remote model cannot be reached')).toBeVisible();
});

test('changes one that is not active, and keeps or forgets its key', async () => {
  const api = fakeApi({
    ...signedIn(),
    'GET /models/registry': page([]),
    'GET /models/remote': page([remote]),
    'PATCH /models/remote/remote-1': remote,
  });
  const { user } = renderApp('/models');
  await user.click(await screen.findByRole('button', { name: 'Change House vLLM' }));
  const dialog = within(await screen.findByRole('dialog'));
  expect(dialog.getByLabelText('Address')).toHaveValue(remote.address);
  await user.type(dialog.getByLabelText('Name'), ' 2');
  await expectAccessible();
  await user.click(dialog.getByRole('button', { name: 'Save' }));
  const calls = () => api.callsOf('PATCH', '/models/remote/remote-1');
  await waitFor(() => expect(calls()[0]?.body).toMatchObject({ name: 'House vLLM 2', key: null }));
  await user.click(await screen.findByRole('button', { name: 'Change House vLLM' }));
  await user.click(await screen.findByRole('checkbox', { name: 'Forget the stored key' }));
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(calls()[1]?.body).toMatchObject({ key: '' }));
});
