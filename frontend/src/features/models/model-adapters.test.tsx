import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { expectAccessible } from '@/test/expect-accessible';
import { fakeApi } from '@/test/fake-api';
import { page, signedIn } from '@/test/fixtures';
import { renderApp } from '@/test/render-app';

const model = {
  id: 'model-1',
  name: 'House model',
  sha256: 'ab'.repeat(32),
  bytes: 1_000_000_000,
  fileName: 'house.gguf',
  licence: '',
  architecture: 'dbrx',
  format: 'Q8_0',
  parameters: 1e9,
  activeParameters: 1e9,
  experts: 0,
  expertsUsed: 0,
  contextTokens: 4096,
  vocabulary: 100,
  chatTemplate: true,
  cacheBytesPerToken: 100,
  memoryBytes: 2_000_000_000,
  memoryContextTokens: 4096,
  present: true,
  addedAt: '2026-08-02T08:00:00Z',
};

const adapter = {
  id: 'adapter-1',
  modelId: 'model-1',
  name: 'legal',
  sha256: 'cd'.repeat(32),
  bytes: 20_000_000,
  fileName: 'legal.gguf',
  matrices: 48,
  present: true,
  addedAt: '2026-08-03T08:00:00Z',
};

test('adds and removes an adapter of a model', async () => {
  const path = '/models/registry/model-1/adapters';
  const api = fakeApi({
    ...signedIn(),
    'GET /models/registry': page([model]),
    [`GET ${path}`]: page([]),
    [`POST ${path}`]: adapter,
    'DELETE /models/adapters/adapter-1': undefined,
  });
  const { user } = renderApp('/models');
  await user.click(await screen.findByRole('button', { name: 'Adapters of House model' }));
  await screen.findByRole('button', { name: 'Add an adapter' });
  api.on(`GET ${path}`, page([adapter]));
  await user.upload(screen.getByLabelText('Choose files to upload'), new File(['GGUF'], 'legal.gguf'));

  expect(await screen.findByText(/changes 48 matrices/)).toBeVisible();
  const sent = api.callsOf('POST', path)[0];
  expect(sent?.query.get('fileName')).toBe('legal.gguf');
  expect(sent?.headers.get('Content-Type')).toBe('application/octet-stream');
  await expectAccessible();

  await user.click(screen.getByRole('button', { name: 'Remove legal' }));
  api.on(`GET ${path}`, page([]));
  await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Delete' }));
  expect(api.callsOf('DELETE', '/models/adapters/adapter-1')).toHaveLength(1);
});
