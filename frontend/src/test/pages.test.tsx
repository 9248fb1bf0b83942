import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { AuditEntry } from '@/shared/api/types';
import { expectAccessible } from './expect-accessible';
import { fakeApi } from './fake-api';
import { anAdministrator, anAnswer, aMember, page, quote, signedIn } from './fixtures';
import { renderApp } from './render-app';

const at = '2026-05-04T08:00:00Z';
const assistant = {
  id: 'assistant-1',
  name: 'Legal desk',
  description: 'Contracts',
  instructions: 'Be precise.',
  collectionIds: ['collection-1'],
  hiddenCollections: 2,
  retrieval: { passages: 12, semanticWeight: 0.5, answerSentences: 4 },
  isDefault: false,
  version: 3,
  createdAt: at,
  updatedAt: at,
};
const person = { ...anAdministrator(), active: true, invited: false, createdAt: at, lastSignInAt: at };
const ola = { ...person, id: 'person-2', displayName: 'Ola Nordmann', email: 'ola@example.org', role: 'MEMBER' };

const withAssistant = { ...signedIn(), 'GET /assistants': { items: [assistant] } };

test('an administrator changes an assistant', async () => {
  const api = fakeApi({
    ...withAssistant,
    'PATCH /assistants/assistant-1': { ...assistant, version: 4 },
  });
  const { user } = renderApp('/assistants');
  await user.click(await screen.findByRole('link', { name: 'Legal desk' }));
  await user.clear(await screen.findByLabelText('Passages'));
  expect(screen.getByText('and 2 collections you may not read')).toBeVisible();
  await user.type(screen.getByLabelText('Passages'), '20');
  await user.click(screen.getByRole('checkbox', { name: 'Handbook' }));
  await expectAccessible();
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('Saved')).toBeVisible();
  expect(api.callsOf('PATCH', '/assistants/assistant-1')[0]?.body).toMatchObject({
    collectionIds: [],
    retrieval: { passages: 20 },
  });
});

test('a new assistant gets an address of its own', async () => {
  const api = fakeApi({ ...withAssistant, 'POST /assistants': { ...assistant, id: 'assistant-2', name: 'Help desk' } });
  const { user, router } = renderApp('/assistants');
  await user.click(await screen.findByRole('button', { name: 'New assistant' }));
  await user.type(await screen.findByLabelText('Name'), 'Help desk ');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(router.state.location.pathname).toBe('/assistants/assistant-2'));
  expect(api.callsOf('POST', '/assistants')[0]?.body).toMatchObject({ name: 'Help desk', collectionIds: null });
});

test('an assistant is tried as it stands in the form, and Enter does not save it', async () => {
  const api = fakeApi({ ...withAssistant, 'POST /ask': anAnswer() });
  const { user } = renderApp('/assistants/assistant-1');
  await user.type(await screen.findByRole('textbox', { name: 'Description' }), '!');
  await user.type(screen.getByRole('textbox', { name: 'Question' }), 'How long is leave?{Enter}');
  expect(await screen.findByText(quote)).toBeVisible();
  expect(api.callsOf('POST', '/ask')[0]?.body).toMatchObject({
    question: 'How long is leave?',
    assistantId: 'assistant-1',
    trial: { description: `${assistant.description}!` },
  });
  expect(api.callsOf('PATCH', '/assistants/assistant-1')).toEqual([]);
});

test('an earlier version is compared with the current one and restored', async () => {
  const old = { ...assistant, version: 2, instructions: 'Be brief.', collectionIds: null, hiddenCollections: null };
  const restored = { ...assistant, ...old, version: 4 };
  const api = fakeApi({
    ...withAssistant,
    'GET /assistants/assistant-1/versions': page([
      { assistant, changedBy: { id: 'person-1', name: 'Mei Lin' } },
      { assistant: old, changedBy: null },
    ]),
    'POST /assistants/assistant-1/versions/2/restore': restored,
  });
  const { user } = renderApp('/assistants/assistant-1');
  await user.click(await screen.findByRole('tab', { name: 'Versions' }));
  expect(await screen.findByText(/Changed by Mei Lin/)).toBeVisible();
  await user.click(screen.getByRole('button', { name: /^Version 2/ }));
  expect((await screen.findByText('brief')).tagName).toBe('DEL');
  expect(screen.getByText('precise').tagName).toBe('INS');
  expect(screen.getAllByRole('term').map(({ textContent }) => textContent)).toEqual([
    'Instructions',
    'Collections it may search',
  ]);
  await expectAccessible();
  expect(screen.queryByText(/not saved/)).not.toBeInTheDocument();
  await user.type(screen.getByLabelText('Name'), '?');
  expect(screen.getByText(/not saved/)).toBeVisible();
  api.on('GET /assistants', { items: [restored] });
  await user.click(screen.getByRole('button', { name: 'Restore this version' }));
  expect(await screen.findByText('Restored; this is version 4 now')).toBeVisible();
  expect(screen.getByLabelText('Instructions')).toHaveValue('Be brief.');
  expect(screen.getByLabelText('Name')).toHaveValue('Legal desk');
});

test('an assistant that is gone, and one of somebody who may not change it', async () => {
  fakeApi(withAssistant);
  renderApp('/assistants/assistant-9');
  expect(await screen.findByText('There is nothing here')).toBeVisible();
  cleanup();
  fakeApi({ ...withAssistant, ...signedIn(aMember()), 'GET /assistants': { items: [assistant] } });
  const { router } = renderApp('/assistants/assistant-1');
  await waitFor(() => expect(router.state.location.pathname).toBe('/assistants'));
});

test('a member sees assistants without means to change them', async () => {
  fakeApi({ ...signedIn(aMember()), 'GET /assistants': { items: [assistant] } });
  renderApp('/assistants');
  expect(await screen.findByRole('heading', { name: 'Legal desk' })).toBeVisible();
  expect(screen.queryByRole('link', { name: 'Legal desk' })).not.toBeInTheDocument();
  expect(screen.queryByRole('button', { name: /Delete|New assistant/ })).not.toBeInTheDocument();
});

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

const never = { count: 0, meanMillis: 0, p95Millis: 0 };
const idle = {
  model: '',
  queued: 0,
  running: 0,
  reading: 0,
  requests: { submitted: 0, refused: 0, completed: 0, cancelled: 0, failed: 0 },
  tokens: { prompt: 0, reused: 0, generated: 0 },
  pages: { used: 0, kept: 0, all: 0 },
  queueTime: never,
  firstTokenTime: never,
  batchSize: 0,
  promptTokensPerSecond: 0,
  generatedTokensPerSecond: 0,
};

test('the operations page shows what the active model does', async () => {
  fakeApi({
    ...signedIn(),
    'GET /about': { version: '1', buildTime: null },
    'GET /audit': page([]),
    'GET /models/active/statistics': {
      ...idle,
      model: 'Reader',
      queued: 2,
      running: 3,
      reading: 1,
      tokens: { prompt: 7500, reused: 2500, generated: 900 },
      pages: { used: 12, kept: 30, all: 512 },
      firstTokenTime: { count: 4, meanMillis: 1500, p95Millis: 4096 },
    },
  });
  renderApp('/operations');
  expect(await screen.findByText('3 running, of which 1 reading; 2 waiting')).toBeVisible();
  expect(screen.getByText('2,500 (25%)')).toBeVisible();
  expect(screen.getByText('12 used, 30 kept, of 512')).toBeVisible();
  expect(screen.getByText(/^1\.5 s.* on average, 95 % within 4\.1 s/)).toBeVisible();
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
      cacheBytes: 700_000_000,
      contextTokens: 32_768,
      cacheTokens: 65_536,
      heapBytes: 2_000_000_000,
    },
    'PUT /models/active': present,
    'DELETE /models/active': null,
  });
  const { user } = renderApp('/models');
  await user.click(await screen.findByRole('button', { name: 'Activate Reader' }));
  expect(await screen.findByText('Needs 6 GB (weights 5 GB, cache 700 MB); 4 GB are free.')).toBeVisible();
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

const anEntry = (changes: Partial<AuditEntry> = {}): AuditEntry => ({
  id: 'entry-1',
  at,
  actor: { id: 'person-1', name: 'Mei Lin' },
  action: 'document-deleted',
  subject: { kind: 'DOCUMENT', id: 'd', label: 'Travel' },
  facts: [],
  detail: '',
  address: '127.0.0.1',
  ...changes,
});
const about = { 'GET /about': { version: '0.1.0', buildTime: null } };

test('the audit log names who did what', async () => {
  fakeApi({ ...signedIn(), ...about, 'GET /models/active/statistics': idle, 'GET /audit': page([anEntry()]) });
  renderApp('/operations');
  expect(await screen.findByRole('row', { name: /Mei Lin Document deleted Travel/ })).toBeVisible();
  await expectAccessible();
});

test('a Chinese reader gets the details of the audit log in Chinese, old lines as they were written', async () => {
  const ola = { kind: 'PERSON', id: 'person-2', label: 'Ola' };
  const granted = [
    { name: 'everyone', value: 'READ', about: null },
    { name: 'grantee', value: 'MANAGE', about: ola },
  ];
  const changed = [
    { name: 'role', value: 'ADMINISTRATOR', about: null },
    { name: 'change', value: 'deactivated', about: null },
  ];
  fakeApi({
    ...signedIn(anAdministrator({ language: 'zh' })),
    ...about,
    'GET /models/active/statistics': idle,
    'GET /audit': page([
      anEntry({ id: 'e-1', action: 'collection-permissions-changed', facts: granted }),
      anEntry({ id: 'e-2', action: 'person-changed', facts: changed }),
      anEntry({ id: 'e-3', action: 'group-changed', facts: [{ name: 'members', value: '1200', about: null }] }),
      anEntry({ id: 'e-4', action: 'person-changed', detail: 'role MEMBER' }),
    ]),
  });
  renderApp('/operations');
  const details = async (name: RegExp) => (await screen.findByRole('row', { name })).children[4]?.textContent;
  expect(await details(/更改了权限/)).toBe('所有人：可阅读Ola：可管理');
  expect(await details(/已停用/)).toBe('角色：管理员已停用');
  expect(await details(/更改了群组/)).toBe('1,200 名成员');
  expect(await details(/role MEMBER/)).toBe('role MEMBER');
});

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

test('the palette finds pages, documents and conversations by keyboard alone', async () => {
  const api = fakeApi({
    ...signedIn(),
    'GET /find': {
      documents: [{ id: 'document-1', title: 'Parental leave', collectionId: 'c' }],
      conversations: [{ id: 'conversation-1', title: 'Pay' }],
    },
    'GET /conversations/conversation-1': { ...anAdministrator(), messages: [], title: 'Pay' },
  });
  const { user, router } = renderApp('/chat');
  await screen.findByRole('heading', { name: 'What would you like to know?' });
  await user.keyboard('{Control>}k{/Control}');
  await user.keyboard('pa');
  expect(await screen.findByRole('option', { name: /Parental leave/ })).toHaveAttribute('aria-selected', 'true');
  await user.keyboard('{ArrowDown}{Enter}');
  await waitFor(() => expect(router.state.location.pathname).toBe('/chat/conversation-1'));
  expect(api.callsOf('GET', '/find').at(-1)?.query.get('query')).toBe('pa');
});

test('the question mark lists the shortcuts, but not while typing', async () => {
  fakeApi(signedIn());
  const { user } = renderApp('/chat');
  const box = await screen.findByRole('textbox', { name: 'Question' });
  await user.type(box, 'why?');
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  await user.click(document.body);
  await user.keyboard('?');
  expect(await screen.findByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
});
