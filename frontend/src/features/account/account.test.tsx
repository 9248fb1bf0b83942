import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { expectAccessible } from '@/test/expect-accessible';
import { fakeApi } from '@/test/fake-api';
import { signedIn } from '@/test/fixtures';
import { renderApp } from '@/test/render-app';

const at = '2026-05-04T08:00:00Z';

test('an API key is shown once', async () => {
  const key = { id: 'key-1', name: 'import', prefix: 'wtn_12ab', createdAt: at, lastUsedAt: null, expiresAt: null };
  const api = fakeApi({
    ...signedIn(),
    'GET /me/api-keys': { items: [] },
    'POST /me/api-keys': { key, secret: 'wtn_12ab_secret' },
  });
  const { user } = renderApp('/account');
  await user.click(await screen.findByRole('button', { name: 'New API key' }));
  await user.type(screen.getByLabelText('Name', { selector: '[role=dialog] input' }), 'import');
  api.on('GET /me/api-keys', { items: [key] });
  await user.click(screen.getByRole('button', { name: 'Create key' }));
  expect(await screen.findByLabelText('API key')).toHaveValue('wtn_12ab_secret');
  await user.click(screen.getByRole('button', { name: 'Done' }));
  expect(screen.queryByDisplayValue('wtn_12ab_secret')).not.toBeInTheDocument();
  expect(await screen.findByText('import')).toBeVisible();
  await expectAccessible();
});
