import { cleanup, screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { expectAccessible } from '@/test/expect-accessible';
import { fakeApi } from '@/test/fake-api';
import { anAnswer, aMember, page, quote, signedIn } from '@/test/fixtures';
import { renderApp } from '@/test/render-app';

const at = '2026-05-04T08:00:00Z';
const assistant = {
  id: 'assistant-1',
  name: 'Legal desk',
  description: 'Contracts',
  instructions: 'Be precise.',
  collectionIds: ['collection-1'],
  hiddenCollections: 2,
  retrieval: { passages: 12, semanticWeight: 0.5, answerSentences: 4 },
  sampling: { temperature: null, topP: null, answerTokens: null, seed: 7 },
  isDefault: false,
  version: 3,
  createdAt: at,
  updatedAt: at,
};

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

test('how a model chooses words is set, and unset by emptying the field', async () => {
  const api = fakeApi({ ...withAssistant, 'PATCH /assistants/assistant-1': { ...assistant, version: 4 } });
  const { user } = renderApp('/assistants/assistant-1');
  await user.type(await screen.findByLabelText('Temperature'), '0.7');
  await user.type(screen.getByLabelText('Longest answer, in tokens'), '300');
  expect(screen.getByLabelText('Seed')).toHaveValue(7);
  await user.clear(screen.getByLabelText('Seed'));
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() =>
    expect(api.callsOf('PATCH', '/assistants/assistant-1')[0]?.body).toMatchObject({
      sampling: { temperature: 0.7, topP: null, answerTokens: 300, seed: null },
    }),
  );
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
  const old = {
    ...assistant,
    version: 2,
    instructions: 'Be brief.',
    collectionIds: null,
    hiddenCollections: null,
    sampling: { ...assistant.sampling, temperature: 0.5 },
  };
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
    'Temperature',
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
