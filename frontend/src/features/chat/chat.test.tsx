import { screen, waitFor, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { expectAccessible } from '@/test/expect-accessible';
import { fakeApi, problem, Stream } from '@/test/fake-api';
import {
  aCitation,
  aCollection,
  aConversation,
  aMember,
  anAnswer,
  aPassage,
  aQuestion,
  page,
  quote,
  signedIn,
} from '@/test/fixtures';
import { renderApp } from '@/test/render-app';

const path = '/conversations/conversation-1';
const open = (...messages: Parameters<typeof aConversation>[0] & object) => ({
  ...signedIn(),
  [`GET ${path}`]: aConversation(messages),
});

/** The events of an answer, held back after the first words until released. */
function heldAnswer() {
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  async function* events(): AsyncGenerator<[string, unknown]> {
    yield ['question', { message: aQuestion('How long is leave?') }];
    yield ['progress', { stage: 'READING', collections: 3, passages: 12 }];
    await released;
    yield ['text', { block: 0, kind: 'QUOTE', delta: 'Parental leave is ' }];
    yield ['text', { block: 0, kind: 'QUOTE', delta: 'sixteen weeks.' }];
    yield ['citation', { block: 0, citation: aCitation() }];
    yield ['done', { message: anAnswer() }];
  }
  return { stream: new Stream(events()), release };
}

test('a question streams its answer, and its citation opens the passage highlighted', async () => {
  const { stream, release } = heldAnswer();
  const api = fakeApi({
    ...signedIn(),
    'POST /conversations': aConversation(),
    [`GET ${path}`]: aConversation(),
    [`POST ${path}/messages`]: stream,
  });
  const { user } = renderApp('/chat');
  await user.type(await screen.findByRole('textbox', { name: 'Question' }), 'How long is leave?');
  await user.keyboard('{Enter}');
  expect(await screen.findByText('Reading 12 passages')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Stop' })).toBeVisible();
  api.on(`GET ${path}`, aConversation([aQuestion('How long is leave?'), anAnswer()]));
  release();
  await waitFor(() => expect(screen.getByRole('button', { name: 'Source 1: Parental leave' })).toBeEnabled());
  expect(screen.getByText('Quotes from your documents — no text-generating model is active')).toBeVisible();
  await user.click(await screen.findByRole('button', { name: 'Source 1: Parental leave' }));
  const panel = await screen.findByRole('complementary', { name: 'Source' });
  await waitFor(() => expect(within(panel).getByTestId('source-highlight')).toHaveTextContent(quote));
  const places = 'no. 2 of 12 passages read · no. 1 by meaning · has no word of the question';
  expect(within(panel).getByText(places)).toBeVisible();
  expect(api.callsOf('POST', `${path}/messages`)[0]?.body).toMatchObject({
    text: 'How long is leave?',
    collectionIds: null,
  });
});

const writtenAnswer = () =>
  anAnswer({
    mode: 'WRITTEN',
    writer: 'Qwen',
    blocks: [
      { kind: 'TEXT', text: 'Leave is **sixteen weeks** [1]. It is paid.', citations: [1] },
      { kind: 'TEXT', text: 'Ask early.', citations: [] },
    ],
    read: { passages: 9, tokens: 900, found: 12, foundRead: 4, limitedBy: 'SPEED' },
  });

test('a model queues, reads and writes, and its marks become sources', async () => {
  const steps = [1, 2, 3].map(() => {
    let resolve: () => void = () => undefined;
    const promise = new Promise<void>((done) => {
      resolve = done;
    });
    return { promise, resolve };
  });
  async function* events(): AsyncGenerator<[string, unknown]> {
    yield ['question', { message: aQuestion('How long is leave?') }];
    yield ['writer', { writer: 'Qwen', local: true, read: writtenAnswer().read }];
    const progress = { collections: 3, passages: 12, position: null, tokens: null, ofTokens: null };
    yield ['progress', { ...progress, stage: 'QUEUED', position: 2 }];
    await steps[0]?.promise;
    yield ['progress', { ...progress, stage: 'READING', tokens: 512, ofTokens: 2048 }];
    await steps[1]?.promise;
    yield ['citation', { block: 0, citation: aCitation() }];
    yield ['text', { block: 0, kind: 'TEXT', delta: 'Leave is **sixteen' }];
    yield ['text', { block: 0, kind: 'TEXT', delta: ' weeks** [1]. It is' }];
    await steps[2]?.promise;
    yield ['done', { message: writtenAnswer() }];
  }
  const api = fakeApi({ ...open(), [`POST ${path}/messages`]: new Stream(events()) });
  const { user } = renderApp('/chat/conversation-1');
  await user.type(await screen.findByRole('textbox', { name: 'Question' }), 'Leave?{Enter}');
  expect(await screen.findByText('Waiting for the model, place 2 in the queue')).toBeVisible();
  expect(screen.getByText('Written by Qwen')).toBeVisible();
  steps[0]?.resolve();
  expect(await screen.findByText('Reading: 512 of 2,048 tokens')).toBeVisible();
  steps[1]?.resolve();
  expect(await screen.findByRole('button', { name: 'Source 1: Parental leave' })).toBeVisible();
  expect(screen.queryByText(/\[1\]/)).not.toBeInTheDocument();
  api.on(`GET ${path}`, aConversation([aQuestion('How long is leave?'), writtenAnswer()]));
  steps[2]?.resolve();
  await waitFor(() => expect(screen.getByRole('button', { name: 'Source 1: Parental leave' })).toBeEnabled());
  expect(screen.getByText('Read 4 of 12 passages found, so that the answer begins in time.')).toBeVisible();
  expect(screen.getAllByText('No source was given for this part; check it yourself.')).toHaveLength(1);
  await expectAccessible();
});

test('an answer that reached its greatest length says so', async () => {
  fakeApi(open(aQuestion('How long?'), { ...writtenAnswer(), cutOff: true }));
  renderApp('/chat/conversation-1');
  expect(await screen.findByText('The answer ends here because it reached the greatest length.')).toBeVisible();
});

test('the answer is announced sentence by sentence', async () => {
  const { stream, release } = heldAnswer();
  fakeApi({ ...open(), [`POST ${path}/messages`]: stream });
  const { user, container } = renderApp('/chat/conversation-1');
  await user.type(await screen.findByRole('textbox', { name: 'Question' }), 'Leave?{Enter}');
  release();
  await waitFor(() => expect(container.querySelector('[aria-live=polite]')).toHaveTextContent(quote));
});

test('a finished conversation can be opened at a source by its address', async () => {
  fakeApi(open(aQuestion('How long?'), anAnswer()));
  renderApp('/chat/conversation-1?source=answer-1.1');
  const panel = await screen.findByRole('complementary', { name: 'Source' });
  expect(await within(panel).findByTestId('source-highlight')).toHaveTextContent(quote);
  await expectAccessible();
});

test('the bracket keys go from source to source', async () => {
  const answer = anAnswer({
    blocks: [{ kind: 'QUOTE', text: quote, citations: [1, 2] }],
    citations: [aCitation(), aCitation({ number: 2, title: 'Travel' })],
  });
  fakeApi(open(aQuestion('How long?'), answer));
  const { user, router } = renderApp('/chat/conversation-1?source=answer-1.1');
  await screen.findByRole('complementary', { name: 'Source' });
  await user.keyboard(']');
  await waitFor(() => expect(router.state.location.search).toBe('?source=answer-1.2'));
  await user.keyboard('[[');
  await waitFor(() => expect(router.state.location.search).toBe('?source=answer-1.1'));
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('complementary', { name: 'Source' })).not.toBeInTheDocument());
});

test('no answer says what was searched and offers the nearest passages', async () => {
  fakeApi(
    open(
      aQuestion('And in Mongolia?'),
      anAnswer({ mode: 'ABSTAINED', blocks: [], citations: [], nearest: [aPassage()] }),
    ),
  );
  const { user } = renderApp('/chat/conversation-1');
  expect(await screen.findByText('Not in your documents')).toBeVisible();
  expect(screen.getByText('Searched Handbook and read 12 passages.')).toBeVisible();
  await expectAccessible();
  await user.click(screen.getByRole('button', { name: /Leave is generous/ }));
  expect(await screen.findByTestId('source-highlight')).toHaveTextContent('Leave is generous.');
});

test('what may no longer be read is not shown and cannot be opened', async () => {
  const answer = anAnswer({
    blocks: [{ kind: 'REDACTED', text: '', citations: [1] }],
    citations: [aCitation({ redacted: true, quote: '', title: '' })],
  });
  fakeApi(open(aQuestion('How long?'), answer));
  renderApp('/chat/conversation-1?source=answer-1.1');
  expect(await screen.findByText('You may no longer read the document this part came from.')).toBeVisible();
  expect(screen.queryByRole('complementary', { name: 'Source' })).not.toBeInTheDocument();
});

test('asking again replaces the question and what follows it', async () => {
  const { stream, release } = heldAnswer();
  const api = fakeApi({ ...open(aQuestion('How long?'), anAnswer()), [`POST ${path}/messages`]: stream });
  const { user } = renderApp('/chat/conversation-1');
  await user.click(await screen.findByRole('button', { name: 'Answer again' }));
  await waitFor(() => expect(screen.queryByText(quote)).not.toBeInTheDocument());
  expect(api.callsOf('POST', `${path}/messages`)[0]?.body).toMatchObject({ text: 'How long?', replaces: 'question-1' });
  release();
  await waitFor(() => expect(screen.getByRole('button', { name: 'Source 1: Parental leave' })).toBeEnabled());
});

test('stop asks the server to stop', async () => {
  const { stream, release } = heldAnswer();
  const api = fakeApi({ ...open(), [`POST ${path}/messages`]: stream, [`POST ${path}/stop`]: () => null });
  const { user } = renderApp('/chat/conversation-1');
  await user.type(await screen.findByRole('textbox', { name: 'Question' }), 'Leave?{Enter}');
  await user.click(await screen.findByRole('button', { name: 'Stop' }));
  await waitFor(() => expect(api.callsOf('POST', `${path}/stop`)).toHaveLength(1));
  release();
});

test('a refused question keeps its words and can be sent again', async () => {
  const api = fakeApi({
    ...open(),
    [`POST ${path}/messages`]: problem(503, 'busy', 'Too many questions at once', 'Wait a moment.'),
  });
  const { user } = renderApp('/chat/conversation-1');
  await user.type(await screen.findByRole('textbox', { name: 'Question' }), 'Leave?{Enter}');
  const alert = await screen.findByRole('alert');
  expect(alert).toHaveTextContent('Too many questions at once');
  await user.click(within(alert).getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(api.callsOf('POST', `${path}/messages`)).toHaveLength(2));
});

test('a full queue says when to ask again, and the question can be sent again', async () => {
  async function* refused(): AsyncGenerator<[string, unknown]> {
    yield ['question', { message: aQuestion('Why so early?') }];
    yield ['progress', { stage: 'QUEUED', collections: 1, passages: 2, position: 3 }];
    yield [
      'error',
      { problem: { code: 'generator-overloaded', title: 'Too many', detail: 'Ask later', retryAfterSeconds: 7 } },
    ];
  }
  const api = fakeApi({ ...open(), [`POST ${path}/messages`]: new Stream(refused()) });
  const { user } = renderApp('/chat/conversation-1');
  await user.type(await screen.findByRole('textbox', { name: 'Question' }), 'Why so early?{Enter}');
  expect(await screen.findByText(/Ask again in 7 seconds/)).toBeVisible();
  const { stream, release } = heldAnswer();
  api.on(`POST ${path}/messages`, stream);
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('Reading 12 passages')).toBeVisible();
  expect(api.callsOf('POST', `${path}/messages`)[1]?.body).toMatchObject({ text: 'Why so early?' });
  release();
});

test('shift and enter make a new line, enter alone sends nothing empty', async () => {
  const api = fakeApi(open());
  const { user } = renderApp('/chat/conversation-1');
  const box = await screen.findByRole('textbox', { name: 'Question' });
  await user.type(box, '{Enter}one{Shift>}{Enter}{/Shift}two');
  expect(box).toHaveValue('one\ntwo');
  expect(api.calls.filter(({ method }) => method === 'POST')).toEqual([]);
});

test('only the chosen collections are searched', async () => {
  const api = fakeApi({ ...open(), [`POST ${path}/messages`]: new Stream([]) });
  const { user } = renderApp('/chat/conversation-1');
  await user.click(await screen.findByRole('button', { name: 'Search in: All collections' }));
  await user.click(await screen.findByRole('checkbox', { name: 'Handbook' }));
  await user.keyboard('{Escape}');
  await user.type(screen.getByRole('textbox', { name: 'Question' }), 'Leave?{Enter}');
  await waitFor(() =>
    expect(api.callsOf('POST', `${path}/messages`)[0]?.body).toMatchObject({ collectionIds: ['collection-1'] }),
  );
});

test('a first visit offers questions, and an empty installation the sample', async () => {
  const api = fakeApi({
    ...signedIn(),
    'GET /collections': page([]),
    'GET /conversations/suggestions': { items: [] },
    'POST /collections/sample': {},
  });
  const { user } = renderApp('/chat');
  await user.click(await screen.findByRole('button', { name: 'Add the sample collection' }));
  expect(api.callsOf('POST', '/collections/sample')).toHaveLength(1);
  await expectAccessible();
});

test('a member of an empty installation is told whom to ask', async () => {
  fakeApi({ ...signedIn(aMember()), 'GET /collections': page([]), 'GET /conversations/suggestions': { items: [] } });
  renderApp('/chat');
  expect(await screen.findByText('Ask an administrator to give you access to a collection.')).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Add the sample collection' })).not.toBeInTheDocument();
  expect(screen.queryByRole('link', { name: 'People' })).not.toBeInTheDocument();
});

test('a deleted conversation can be brought back', async () => {
  const api = fakeApi(signedIn());
  const { user } = renderApp('/chat');
  await user.click(await screen.findByRole('button', { name: 'Actions for Leave' }));
  await user.click(await screen.findByRole('menuitem', { name: 'Delete' }));
  expect(screen.queryByRole('link', { name: 'Leave' })).not.toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Undo' }));
  expect(screen.getByRole('link', { name: 'Leave' })).toBeVisible();
  expect(api.calls.filter(({ method }) => method === 'DELETE')).toEqual([]);
});

test('a bad rating says why', async () => {
  const api = fakeApi({ ...open(aQuestion('How long?'), anAnswer()), 'PUT /messages/answer-1/rating': () => null });
  const { user } = renderApp('/chat/conversation-1');
  await user.click(await screen.findByRole('button', { name: 'Not helpful' }));
  await user.type(await screen.findByLabelText('What was wrong?'), 'Out of date');
  await user.click(
    screen.getByRole('dialog', { name: 'Not helpful' }).querySelector('button[type=submit]') as HTMLElement,
  );
  await waitFor(() =>
    expect(api.callsOf('PUT', '/messages/answer-1/rating')[0]?.body).toEqual({ rating: 'DOWN', reason: 'Out of date' }),
  );
});

test('an answer can be gone on from in a conversation of its own', async () => {
  const branch = { ...aConversation([aQuestion('How long?'), anAnswer()]), id: 'conversation-2' };
  const api = fakeApi({
    ...open(aQuestion('How long?'), anAnswer()),
    [`POST ${path}/branch`]: branch,
    'GET /conversations/conversation-2': branch,
  });
  const { user, router } = renderApp('/chat/conversation-1');
  await user.click(await screen.findByRole('button', { name: 'Branch: go on from here in a new conversation' }));
  await waitFor(() => expect(router.state.location.pathname).toBe('/chat/conversation-2'));
  expect(api.callsOf('POST', `${path}/branch`)[0]?.body).toEqual({ messageId: anAnswer().id });
});

test('what keeps a branch from being made is told where one looks', async () => {
  fakeApi({
    ...open(aQuestion('How long?'), anAnswer()),
    [`POST ${path}/branch`]: problem(503, 'database-unavailable', 'The database cannot be reached'),
  });
  const { user, router } = renderApp('/chat/conversation-1');
  await user.click(await screen.findByRole('button', { name: 'Branch: go on from here in a new conversation' }));
  expect(await screen.findByText(/^Database unavailable/)).toBeVisible();
  expect(router.state.location.pathname).toBe('/chat/conversation-1');
});

test('an answer that failed before it said anything is only tried again', async () => {
  fakeApi(open(aQuestion('How long?'), anAnswer({ state: 'FAILED', mode: null, blocks: [], citations: [] })));
  renderApp('/chat/conversation-1');
  expect(await screen.findByRole('button', { name: 'Try again' })).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Copy answer' })).toBeNull();
});

test('files are attached from the conversation, to a collection that is asked for', async () => {
  fakeApi({
    ...open(),
    'GET /collections': page([aCollection(), aCollection({ id: 'collection-2', name: 'Contracts' })]),
  });
  const { user } = renderApp('/chat/conversation-1');
  const input = screen.findByLabelText('Choose files to upload');
  const opened = vi.spyOn(await input, 'click');
  await user.click(screen.getByRole('button', { name: 'Add files to ask about' }));
  expect(opened).toHaveBeenCalledOnce();
  await user.upload(screen.getByLabelText('Choose files to upload'), new File(['text'], 'leave.md'));
  const dialog = await screen.findByRole('dialog');
  expect(within(dialog).getByRole('button', { name: 'Contracts' })).toBeVisible();
});

test('who may add files nowhere is not offered to', async () => {
  fakeApi({ ...open(), 'GET /collections': page([aCollection({ access: 'READ' })]) });
  renderApp('/chat/conversation-1');
  await screen.findByRole('textbox', { name: 'Question' });
  expect(screen.queryByRole('button', { name: 'Add files to ask about' })).toBeNull();
});
