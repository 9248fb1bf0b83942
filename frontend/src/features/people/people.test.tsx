import { screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { expectAccessible } from '@/test/expect-accessible';
import { fakeApi } from '@/test/fake-api';
import { anAdministrator, page, signedIn } from '@/test/fixtures';
import { renderApp } from '@/test/render-app';

const at = '2026-05-04T08:00:00Z';

const person = { ...anAdministrator(), active: true, invited: false, createdAt: at, lastSignInAt: at };
const ola = { ...person, id: 'person-2', displayName: 'Ola Nordmann', email: 'ola@example.org', role: 'MEMBER' };

test('an invitation is shown as a link to pass on', async () => {
  const invitation = { link: '/invite#secret', expiresAt: at };
  const api = fakeApi({ ...signedIn(), 'GET /people': page([person]), 'POST /people': { person: ola, invitation } });
  const { user } = renderApp('/people');
  await user.click(await screen.findByRole('button', { name: 'Invite a person' }));
  await user.type(screen.getByLabelText('Name'), 'Ola Nordmann');
  await user.type(screen.getByLabelText('E-mail address'), 'ola@example.org');
  await user.click(screen.getByRole('button', { name: 'Create invitation' }));
  expect(await screen.findByLabelText('Link')).toHaveValue(`${location.origin}/invite#secret`);
  expect(api.callsOf('POST', '/people')[0]?.body).toEqual({
    displayName: 'Ola Nordmann',
    email: 'ola@example.org',
    role: 'MEMBER',
  });
  await expectAccessible();
});

test('a group is made with its members', async () => {
  const group = { id: 'group-1', name: 'Legal', members: [] };
  const api = fakeApi({
    ...signedIn(),
    'GET /people': page([person, ola]),
    'GET /groups': page([]),
    'POST /groups': group,
    'PUT /groups/group-1/members': group,
  });
  const { user } = renderApp('/people?tab=groups');
  await user.click(await screen.findByRole('button', { name: 'New group' }));
  await user.type(screen.getByLabelText('Name'), 'Legal');
  await user.click(await screen.findByRole('checkbox', { name: 'Ola Nordmann' }));
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() =>
    expect(api.callsOf('PUT', '/groups/group-1/members')[0]?.body).toEqual({ personIds: ['person-2'] }),
  );
});
