import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { expectAccessible } from '@/test/expect-accessible';
import { fakeApi, problem, Reply } from '@/test/fake-api';
import { page, signedIn } from '@/test/fixtures';
import { renderApp } from '@/test/render-app';

const path = '/models/fetch-tokens';
const stored = { host: 'hub.example:8443', storedAt: '2026-08-02T08:00:00Z' };

test('stores the token of a host, with the keyboard alone', async () => {
  const api = fakeApi({
    ...signedIn(),
    'GET /models/registry': page([]),
    [`GET ${path}`]: page([]),
    [`PUT ${path}`]: stored,
  });
  const { user } = renderApp('/models');
  expect(await screen.findByText('No tokens are stored')).toBeVisible();
  screen.getByRole('button', { name: 'Add a token' }).focus();
  await user.keyboard('{Enter}');
  const dialog = within(await screen.findByRole('dialog'));
  expect(dialog.getByLabelText('Host')).toHaveFocus();
  await expectAccessible();
  await user.keyboard(stored.host);
  await user.tab();
  expect(dialog.getByLabelText('Token')).toHaveFocus();
  expect(dialog.getByLabelText('Token')).toHaveAttribute('type', 'password');
  api.on(`GET ${path}`, page([stored]));
  await user.keyboard('hf_secret{Enter}');

  expect(await screen.findByText(stored.host)).toBeVisible();
  expect(api.callsOf('PUT', path)[0]?.body).toEqual({ host: stored.host, token: 'hf_secret' });
  expect(document.body).not.toHaveTextContent('hf_secret');
  await expectAccessible();
});

test('replaces a token, and removes it after asking', async () => {
  const api = fakeApi({
    ...signedIn(),
    'GET /models/registry': page([]),
    [`GET ${path}`]: page([stored]),
    [`PUT ${path}`]: stored,
    [`DELETE ${path}`]: new Reply(204),
  });
  const { user } = renderApp('/models');
  await user.click(await screen.findByRole('button', { name: 'Replace the token for hub.example:8443' }));
  const dialog = within(await screen.findByRole('dialog'));
  expect(dialog.queryByLabelText('Host')).not.toBeInTheDocument();
  await user.type(dialog.getByLabelText('Token'), 'hf_other');
  await user.click(dialog.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(api.callsOf('PUT', path)[0]?.body).toEqual({ host: stored.host, token: 'hf_other' }));

  await user.click(await screen.findByRole('button', { name: 'Remove the token for hub.example:8443' }));
  expect(await screen.findByText(/hub.example:8443 is no longer shown it/)).toBeVisible();
  expect(api.callsOf('DELETE', path)).toHaveLength(0);
  api.on(`GET ${path}`, page([]));
  await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Delete' }));
  expect(await screen.findByText('No tokens are stored')).toBeVisible();
  expect(api.callsOf('DELETE', path).map(({ query }) => query.get('host'))).toEqual([stored.host]);
});

test('says what is wrong with a host and keeps what was typed', async () => {
  fakeApi({
    ...signedIn(),
    'GET /models/registry': page([]),
    [`GET ${path}`]: page([]),
    [`PUT ${path}`]: problem(400, 'invalid-input', 'Invalid input', 'host must be a host, such as models.example'),
  });
  const { user } = renderApp('/models');
  await user.click(await screen.findByRole('button', { name: 'Add a token' }));
  const dialog = within(await screen.findByRole('dialog'));
  await user.type(dialog.getByLabelText('Host'), 'a/b');
  await user.type(dialog.getByLabelText('Token'), 'hf');
  await user.click(dialog.getByRole('button', { name: 'Save' }));
  expect(await dialog.findByRole('alert')).toHaveTextContent('such as models.example');
  expect(dialog.getByLabelText('Host')).toHaveValue('a/b');
});

test('says when the hosts cannot be listed, and tries again', async () => {
  const api = fakeApi({
    ...signedIn(),
    'GET /models/registry': page([]),
    [`GET ${path}`]: problem(503, 'database-unavailable', 'The database does not answer'),
  });
  const { user } = renderApp('/models');
  expect(await screen.findByText('request-7', { exact: false })).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Add a token' })).not.toBeInTheDocument();
  api.on(`GET ${path}`, page([stored]));
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText(stored.host)).toBeVisible();
});
