import { screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { expectAccessible } from './expect-accessible';
import { fakeApi, problem } from './fake-api';
import { anAdministrator, signedIn } from './fixtures';
import { renderApp } from './render-app';

const nobody = { ...signedIn(), 'GET /session': problem(401, 'not-signed-in', 'Not signed in') };

test('the set-up link makes the first administrator and signs in', async () => {
  const api = fakeApi({ ...nobody, 'GET /setup': { required: true }, 'POST /setup': anAdministrator() });
  const { user } = renderApp('/setup#one-time-token');
  await user.type(await screen.findByLabelText('Name'), 'Mei Lin');
  await user.type(screen.getByLabelText('E-mail address'), 'mei@example.org');
  await user.type(screen.getByLabelText('Password'), 'four unrelated words');
  await expectAccessible();
  await user.click(screen.getByRole('button', { name: 'Create account' }));
  expect(await screen.findByRole('heading', { name: 'What would you like to know?' })).toBeVisible();
  expect(api.callsOf('POST', '/setup')[0]?.body).toEqual({
    token: 'one-time-token',
    email: 'mei@example.org',
    displayName: 'Mei Lin',
    password: 'four unrelated words',
    language: 'en',
  });
});

test('set-up without a token says where the link is', async () => {
  fakeApi({ ...nobody, 'GET /setup': { required: true } });
  renderApp('/setup');
  expect(await screen.findByText('Open the set-up link')).toBeVisible();
  expect(screen.queryByLabelText('Password')).not.toBeInTheDocument();
});

test('somebody not signed in comes back after signing in', async () => {
  const api = fakeApi({
    ...nobody,
    'POST /session': problem(401, 'wrong-credentials', 'E-mail address or password is wrong'),
  });
  const { user, router } = renderApp('/assistants?x=1');
  await user.type(await screen.findByLabelText('E-mail address'), 'mei@example.org');
  await user.type(screen.getByLabelText('Password'), 'wrong');
  await expectAccessible();
  await user.click(screen.getByRole('button', { name: 'Sign in' }));
  const alert = await screen.findByRole('alert');
  expect(alert).toHaveTextContent('Wrong e-mail or password');
  expect(alert).toHaveTextContent('request-7');
  api.on('POST /session', anAdministrator());
  await user.click(screen.getByRole('button', { name: 'Sign in' }));
  expect(await screen.findByRole('heading', { name: 'Assistants' })).toBeVisible();
  expect(router.state.location.pathname + router.state.location.search).toBe('/assistants?x=1');
});

test('an address of another site is never returned to', async () => {
  fakeApi(signedIn());
  const { router } = renderApp('/sign-in?return=//evil.example/steal');
  await waitFor(() => expect(router.state.location.pathname).toBe('/chat'));
});

test('a session that ended leads to the sign-in page', async () => {
  const api = fakeApi(signedIn());
  const { user } = renderApp('/chat');
  await screen.findByRole('heading', { name: 'What would you like to know?' });
  api.on('GET /models/registry', problem(401, 'not-signed-in', 'Not signed in'));
  await user.click(screen.getByRole('link', { name: 'Models' }));
  expect(await screen.findByRole('heading', { name: 'Sign in' })).toBeVisible();
});

test('an invited person sets a password', async () => {
  const api = fakeApi({ ...nobody, 'POST /invitations': anAdministrator() });
  const { user } = renderApp('/invite#secret');
  await user.type(await screen.findByLabelText('New password'), 'four unrelated words');
  await user.click(screen.getByRole('button', { name: 'Set password and sign in' }));
  expect(await screen.findByRole('heading', { name: 'What would you like to know?' })).toBeVisible();
  expect(api.callsOf('POST', '/invitations')[0]?.body).toEqual({ token: 'secret', password: 'four unrelated words' });
});

test('a person who chose Chinese gets Chinese', async () => {
  fakeApi(signedIn(anAdministrator({ language: 'zh' })));
  renderApp('/chat');
  expect(await screen.findByRole('heading', { name: '您想了解什么？' })).toBeVisible();
  expect(document.documentElement).toHaveAttribute('lang', 'zh-Hans');
});

test('signing out shows the sign-in page', async () => {
  const api = fakeApi({ ...signedIn(), 'DELETE /session': undefined, 'GET /me/api-keys': { items: [] } });
  api.on('DELETE /session', () => null);
  const { user } = renderApp('/account');
  await user.click(await screen.findByRole('button', { name: 'Sign out' }));
  expect(await screen.findByRole('heading', { name: 'Sign in' })).toBeVisible();
});
