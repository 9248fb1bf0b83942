import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { expectAccessible } from '@/test/expect-accessible';
import { fakeApi } from '@/test/fake-api';
import { page, signedIn } from '@/test/fixtures';
import { renderApp } from '@/test/render-app';

const at = '2026-05-04T08:00:00Z';

const models = {
  generator: {
    mode: 'QUOTE',
    name: 'None',
    description: '',
    state: 'EMPTY',
    contextTokens: 0,
    chatTemplate: false,
    promptTokensPerSecond: 0,
    generatedTokensPerSecond: 0,
  },
  backend: {
    id: 'cpu',
    name: 'CPU',
    detail: '2 processors',
    available: true,
    processors: 2,
    architecture: 'amd64',
    vectorApi: true,
    memoryBytes: 0,
    budgetBytes: 0,
    reason: null,
  },
  embedders: [
    { id: 'e', name: 'all-MiniLM-L6-v2', language: 'en', dimensions: 384, licence: 'Apache-2.0', active: true },
  ],
};

test('the models page says that quote mode answers, and where a model would run', async () => {
  fakeApi({
    ...signedIn(),
    'GET /models': models,
    'GET /models/registry': page([]),
  });
  renderApp('/models');
  expect(await screen.findByText('Quote mode')).toBeVisible();
  expect(screen.getByText('2 processors (amd64)')).toBeVisible();
  expect(screen.getByText('Vector instructions are used.')).toBeVisible();
  await expectAccessible();
});

test('the models page shows the device that computes, its memory, and why it cannot be used', async () => {
  const device = { ...models.backend, id: 'tornado', name: 'NVIDIA H200', memoryBytes: 140e9, budgetBytes: 126e9 };
  fakeApi({
    ...signedIn(),
    'GET /models': { ...models, backend: { ...device, available: false, reason: 'TornadoVM has no device' } },
    'GET /models/registry': page([]),
  });
  renderApp('/models');
  expect(await screen.findByText('NVIDIA H200')).toBeVisible();
  expect(screen.getByText('Memory of the device: 140 GB, of which 126 GB may be taken.')).toBeVisible();
  expect(screen.getByText('It cannot be used: TornadoVM has no device')).toBeVisible();
});

const model = {
  id: 'model-1',
  name: 'Reader',
  sha256: 'ab'.repeat(32),
  bytes: 1_455_000_000,
  fileName: 'reader.gguf',
  licence: '',
  architecture: 'dbrx',
  format: 'Q8_0',
  parameters: 1_370_000_000,
  activeParameters: 420_000_000,
  experts: 16,
  expertsUsed: 4,
  contextTokens: 32_768,
  vocabulary: 40_960,
  chatTemplate: false,
  cacheBytesPerToken: 49_152,
  memoryBytes: 2_100_000_000,
  memoryContextTokens: 8192,
  present: false,
  addedAt: at,
  builtIn: null,
};

test('an administrator sees what a model needs, and removes it', async () => {
  const api = fakeApi({
    ...signedIn(),
    'GET /models': models,
    'GET /models/registry': page([model]),
    'DELETE /models/registry/model-1': null,
  });
  const { user } = renderApp('/models');
  expect(await screen.findByText('4 of 16 used')).toBeVisible();
  expect(screen.getByText('1,370 million, 420 million active')).toBeVisible();
  expect(screen.getByText('File missing here')).toBeVisible();
  await expectAccessible();
  await user.click(screen.getByRole('button', { name: 'Remove Reader' }));
  expect(await screen.findByText(/its file \(1\.5 GB\)/)).toBeVisible();
  api.on('GET /models/registry', page([]));
  await user.click(screen.getByRole('button', { name: 'Delete' }));
  expect(await screen.findByText('No model was added')).toBeVisible();
});

test('the model that comes with Witan shows what it reached, and cannot be removed', async () => {
  const builtIn = {
    gatePassed: false,
    scores: [
      { name: 'F1, Chinese', most: false, bound: 0.5, value: 0.123, quotes: 0.31, passed: false },
      { name: 'wrong of answered', most: true, bound: 0.15, value: 0.1, quotes: -1, passed: true },
    ],
  };
  fakeApi({
    ...signedIn(),
    'GET /models': models,
    'GET /models/registry': page([{ ...model, name: 'witan-mini', present: true, builtIn }]),
  });
  renderApp('/models');
  expect(await screen.findByText('Built in')).toBeVisible();
  expect(screen.getByText(/so quotes stay the default/)).toBeVisible();
  expect(
    screen.getByRole('row', { name: 'Agreement with known answers, Chinese at least 50 % 12.3 % 31 %' }),
  ).toBeVisible();
  expect(screen.getByRole('row', { name: 'Wrong among the answered at most 15 % 10 % –' })).toBeVisible();
  expect(screen.getByRole('button', { name: 'Activate witan-mini' })).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Remove witan-mini' })).toBeNull();
  await expectAccessible();
});

test('an administrator activates a model once its memory is known, and goes back to quotes', async () => {
  const present = { ...model, present: true };
  const api = fakeApi({
    ...signedIn(),
    'GET /models': models,
    'GET /models/registry': page([present]),
    'GET /models/registry/model-1/fit': {
      verdict: 'SLOW',
      neededBytes: 6_000_000_000,
      availableBytes: 4_000_000_000,
      weightBytes: 5_000_000_000,
      adapterBytes: 90_000_000,
      cacheBytes: 700_000_000,
      contextTokens: 32_768,
      cacheTokens: 65_536,
      heapBytes: 2_000_000_000,
      device: { name: 'H200', neededBytes: 6_000_000_000, availableBytes: 5_000_000_000, fits: false },
    },
    'PUT /models/active': present,
    'DELETE /models/active': null,
  });
  const { user } = renderApp('/models');
  await user.click(await screen.findByRole('button', { name: 'Activate Reader' }));
  expect(
    await screen.findByText('Needs 6 GB (weights 5 GB, adapters 90 MB, cache 700 MB); 4 GB are free.'),
  ).toBeVisible();
  expect(screen.getByText(/H200: needs 6 GB of its memory; 5 GB may be taken\. It does not fit there/)).toBeVisible();
  expect(screen.getByText(/read from disk again and again/)).toBeVisible();
  await expectAccessible();
  const active = {
    ...models.generator,
    mode: 'MODEL',
    name: 'Reader',
    state: 'ACTIVE',
    modelId: 'model-1',
    contextTokens: 32_768,
    chatTemplate: true,
    promptTokensPerSecond: 71.4,
    generatedTokensPerSecond: 8.26,
  };
  const loading = { ...models.generator, state: 'LOADING', wanted: { id: 'model-1', name: 'Reader' } };
  let looks = 0;
  api.on('GET /models', () => ({ ...models, generator: looks++ === 0 ? loading : active }));
  await user.click(screen.getByRole('button', { name: 'Activate' }));
  expect(await screen.findByText('Reader is being loaded …')).toBeVisible();
  expect(
    await screen.findByText(
      'Up to 32,768 tokens of context. Measured here: reads 71 and writes 8.3 tokens per second.',
      undefined,
      { timeout: 4000 },
    ),
  ).toBeVisible();
  expect(api.callsOf('PUT', '/models/active')[0]?.body).toEqual({ modelId: 'model-1' });
  expect(screen.queryByRole('button', { name: 'Remove Reader' })).not.toBeInTheDocument();
  await expectAccessible();

  api.on('GET /models', models);
  await user.click(screen.getByRole('button', { name: 'Deactivate' }));
  const dialog = await screen.findByRole('dialog');
  await user.click(within(dialog).getByRole('button', { name: 'Deactivate' }));
  expect(await screen.findByText('Quote mode')).toBeVisible();
});

test('loading the first model is stopped without a question, for nothing is lost', async () => {
  const wanted = { id: 'model-1', name: 'Reader' };
  const api = fakeApi({
    ...signedIn(),
    'GET /models': { ...models, generator: { ...models.generator, state: 'LOADING', wanted } },
    'GET /models/registry': page([{ ...model, present: true }]),
    'DELETE /models/active': null,
  });
  const { user } = renderApp('/models');
  const stop = await screen.findByRole('button', { name: 'Stop loading' });
  expect(screen.queryByRole('button', { name: 'Deactivate' })).not.toBeInTheDocument();
  api.on('GET /models', models);

  await user.click(stop);

  await waitFor(() => expect(screen.queryByText('Reader is being loaded …')).not.toBeInTheDocument());
  expect(api.callsOf('DELETE', '/models/active')).toHaveLength(1);
});

test('a model that could not be loaded says why, and quotes go on', async () => {
  const wanted = {
    id: 'model-1',
    name: 'Reader',
    problem: { code: 'model-too-large', title: 'Too large', detail: 'The machine has 900 MB left.' },
  };
  fakeApi({
    ...signedIn(),
    'GET /models': { ...models, generator: { ...models.generator, state: 'FAILED', wanted } },
    'GET /models/registry': page([{ ...model, present: true }]),
  });
  renderApp('/models');
  expect(await screen.findByText('Quote mode')).toBeVisible();
  expect(screen.getByText('Reader was activated and could not be loaded:')).toBeVisible();
  expect(screen.getByText('The model is too large for this machine')).toBeVisible();
  expect(screen.getByText('The machine has 900 MB left.')).toBeVisible();
  expect(await screen.findByRole('button', { name: 'Activate Reader' })).toBeVisible();
  await expectAccessible();
});
