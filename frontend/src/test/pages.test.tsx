import { cleanup, screen, waitFor } from '@testing-library/react';
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
  generator: { mode: 'QUOTE', name: 'None', description: '' },
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

test('an administrator sees what a model needs, and removes it', async () => {
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
    memoryBytes: 2_100_000_000,
    memoryContextTokens: 8192,
    present: false,
    addedAt: at,
  };
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
  fakeApi({ ...signedIn(), ...about, 'GET /audit': page([anEntry()]) });
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
