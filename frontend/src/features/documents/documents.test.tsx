import { act, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { expectAccessible } from '@/test/expect-accessible';
import { fakeApi, problem, Stream } from '@/test/fake-api';
import { aCollection, aDocument, anAdministrator, page, quote, documentText, signedIn } from '@/test/fixtures';
import { renderApp } from '@/test/render-app';

const failure = {
  code: 'encrypted-document',
  title: 'This file is protected by a password',
  detail: 'Remove it and upload again.',
};
const documents = [
  aDocument({ id: 'document-1', title: 'Parental leave' }),
  aDocument({ id: 'document-2', title: 'Travel' }),
  aDocument({ id: 'document-3', title: 'Contract', state: 'FAILED', problem: failure }),
];
const withDocuments = { ...signedIn(), 'GET /documents': page(documents) };

test('lists documents with state and reason, and passes axe', async () => {
  fakeApi(withDocuments);
  renderApp('/documents/collections/collection-1');
  const row = (await screen.findByRole('link', { name: 'Contract' })).closest('tr') as HTMLElement;
  expect(within(row).getByText('Failed')).toBeVisible();
  expect(within(row).getByText('This file is protected by a password')).toBeVisible();
  await expectAccessible();
});

test('a header sorts, and sorts the other way when chosen again', async () => {
  const api = fakeApi(withDocuments);
  const { user } = renderApp('/documents');
  await user.click(await screen.findByRole('button', { name: 'Name' }));
  await waitFor(() =>
    expect(screen.getByRole('columnheader', { name: 'Name' })).toHaveAttribute('aria-sort', 'ascending'),
  );
  await user.click(screen.getByRole('button', { name: 'Name' }));
  await waitFor(() =>
    expect(api.callsOf('GET', '/documents').at(-1)?.query.toString()).toContain('sort=name&direction=desc'),
  );
});

test('shift selects a range, and deleting says what goes', async () => {
  const api = fakeApi({
    ...withDocuments,
    'POST /documents/delete': { results: documents.map(({ id }) => ({ id, deleted: true, problem: null })) },
  });
  const { user } = renderApp('/documents');
  await user.click(await screen.findByRole('checkbox', { name: 'Select Parental leave' }));
  await user.keyboard('{Shift>}');
  await user.click(screen.getByRole('checkbox', { name: 'Select Contract' }));
  await user.keyboard('{/Shift}');
  expect(screen.getByText('3 documents selected')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Delete' }));
  const dialog = await screen.findByRole('dialog', { name: 'Delete 3 documents?' });
  expect(dialog).toHaveTextContent('Travel');
  expect(dialog).toHaveTextContent('all revisions');
  await user.click(within(dialog).getByRole('button', { name: 'Delete' }));
  await waitFor(() =>
    expect(api.callsOf('POST', '/documents/delete')[0]?.body).toEqual({
      ids: ['document-1', 'document-2', 'document-3'],
    }),
  );
});

test('news from the server changes the row without asking again', async () => {
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  async function* events(): AsyncGenerator<[string, unknown]> {
    await released;
    yield [
      'document',
      aDocument({ id: 'document-2', title: 'Travel', state: 'PROCESSING', stage: 'EMBEDDING', progress: 0.5 }),
    ];
    await new Promise(() => undefined);
  }
  const api = fakeApi({ ...withDocuments, 'GET /documents/events': new Stream(events()) });
  renderApp('/documents');
  await screen.findByRole('link', { name: 'Travel' });
  const asked = api.callsOf('GET', '/documents').length;
  release();
  expect(await screen.findByRole('progressbar', { name: 'Indexing' })).toHaveAttribute('aria-valuenow', '50');
  expect(api.callsOf('GET', '/documents')).toHaveLength(asked);
});

test('a new collection is made and opened', async () => {
  const made = aCollection({ id: 'collection-2', name: 'Contracts' });
  const api = fakeApi({ ...withDocuments, 'POST /collections': made });
  const { user, router } = renderApp('/documents');
  await user.click(await screen.findByRole('button', { name: 'New collection' }));
  await user.type(screen.getByLabelText('Name'), 'Contracts');
  await user.click(screen.getByRole('button', { name: 'Create collection' }));
  await waitFor(() => expect(router.state.location.pathname).toBe('/documents/collections/collection-2'));
  expect(api.callsOf('POST', '/collections')[0]?.body).toEqual({ name: 'Contracts', description: '' });
});

test('who may read is changed by adding a group and everyone', async () => {
  const route = '/collections/collection-1/permissions';
  const me = { grantee: { kind: 'PERSON', id: 'person-1', name: 'Mei Lin' }, access: 'MANAGE' };
  const api = fakeApi({
    ...withDocuments,
    [`GET ${route}`]: { items: [me] },
    [`PUT ${route}`]: { items: [] },
    'GET /directory': { items: [{ kind: 'GROUP', id: 'group-1', name: 'Legal', detail: '8 members' }] },
  });
  const { user } = renderApp('/documents/collections/collection-1');
  await user.click(await screen.findByRole('button', { name: 'Who may read' }));
  const dialog = await screen.findByRole('dialog', { name: 'Who may use Handbook' });
  await user.type(await within(dialog).findByRole('searchbox'), 'leg');
  await user.click(await within(dialog).findByRole('button', { name: /Legal/ }));
  await user.selectOptions(within(dialog).getByLabelText('Access of Legal'), 'CONTRIBUTE');
  await user.click(within(dialog).getByRole('button', { name: 'Add everyone' }));
  await expectAccessible();
  await user.click(within(dialog).getByRole('button', { name: 'Save' }));
  await waitFor(() =>
    expect(api.callsOf('PUT', route)[0]?.body).toEqual({
      items: [
        { grantee: { kind: 'PERSON', id: 'person-1' }, access: 'MANAGE' },
        { grantee: { kind: 'GROUP', id: 'group-1' }, access: 'CONTRIBUTE' },
        { grantee: { kind: 'EVERYONE', id: null }, access: 'READ' },
      ],
    }),
  );
});

test('whoever may only read sees no way to change anything', async () => {
  fakeApi({ ...withDocuments, 'GET /collections': page([aCollection({ access: 'READ' })]) });
  renderApp('/documents/collections/collection-1');
  await screen.findByRole('heading', { name: 'Handbook' });
  expect(screen.queryByRole('button', { name: 'Upload' })).not.toBeInTheDocument();
  expect(screen.queryByRole('button', { name: 'Who may read' })).not.toBeInTheDocument();
});

test('a list that cannot be loaded says so and can be tried again', async () => {
  const api = fakeApi({
    ...withDocuments,
    'GET /documents': problem(500, 'database-unavailable', 'The database cannot be reached'),
  });
  const { user } = renderApp('/documents');
  const alert = await screen.findByRole('alert');
  expect(alert).toHaveTextContent('Database unavailable');
  expect(alert).toHaveTextContent('Try again in a moment.');
  expect(alert).toHaveTextContent('Request request-7');
  api.on('GET /documents', page(documents));
  await user.click(within(alert).getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('link', { name: 'Travel' })).toBeVisible();
});

test('an empty collection says what to drop', async () => {
  fakeApi({ ...withDocuments, 'GET /documents': page([]) });
  renderApp('/documents/collections/collection-1');
  expect(await screen.findByText(/Drop files anywhere/)).toBeVisible();
  expect(screen.getAllByLabelText('Choose files to upload')[0]).toHaveAttribute('multiple');
});

test('a document opens at the passage of its address', async () => {
  fakeApi({ ...signedIn(), 'GET /documents/document-1': aDocument() });
  const start = documentText.indexOf(quote);
  renderApp(`/documents/document-1?version=text-1&from=${start}&to=${start + quote.length}`);
  expect(await screen.findByTestId('source-highlight')).toHaveTextContent(quote);
  await expectAccessible();
});

test('a failed document says why and what next, and can be tried again', async () => {
  const failed = aDocument({ state: 'FAILED', problem: failure, textVersionId: null });
  const route = 'POST /documents/document-1/retry';
  const api = fakeApi({
    ...signedIn(),
    'GET /documents/document-1': failed,
    [route]: aDocument({ state: 'QUEUED', textVersionId: null }),
  });
  const { user } = renderApp('/documents/document-1');
  const alert = await screen.findByRole('alert');
  expect(alert).toHaveTextContent('Remove it and upload again.');
  await user.click(within(alert).getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('Waiting')).toBeVisible();
  expect(api.callsOf('POST', '/documents/document-1/retry')).toHaveLength(1);
});

test('a Chinese reader is told in Chinese what is wrong with a document', async () => {
  const warning = { code: 'text-truncated', title: 'Text cut', detail: 'Only the first 9 characters were kept.' };
  fakeApi({ ...signedIn(anAdministrator({ language: 'zh' })), 'GET /documents/document-1': aDocument({ warning }) });
  renderApp('/documents/document-1');
  const notice = (await screen.findByText('文本已截断')).closest('[role=note]');
  expect(notice).toHaveTextContent('请拆分文档，以便检索全部内容。');
  expect(notice).not.toHaveTextContent('characters');
});

test('documents of one type are asked for, and none found says what to change', async () => {
  const api = fakeApi(withDocuments);
  const { user } = renderApp('/documents');
  await screen.findByRole('link', { name: 'Travel' });
  api.on('GET /documents', page([]));
  await user.selectOptions(screen.getByLabelText('Filter by type'), 'Excel');
  expect(await screen.findByText('Try another name, type or state.')).toBeVisible();
  expect(api.callsOf('GET', '/documents').at(-1)?.query.get('format')).toBe('XLSX');
  await user.selectOptions(screen.getByLabelText('Filter by type'), 'Any type');
  expect(await screen.findByRole('link', { name: 'Travel' })).toBeVisible();
});

const dragFilesOver = () =>
  act(() => window.dispatchEvent(Object.assign(new Event('dragover'), { dataTransfer: { types: ['Files'] } })));

test('files dropped where no collection is open go to the only one, which is named', async () => {
  fakeApi(withDocuments);
  renderApp('/documents');
  await screen.findByRole('link', { name: 'Travel' });
  dragFilesOver();
  expect(await screen.findByText('Drop to upload to Handbook')).toBeVisible();
});

test('of several collections one is asked for, among those that take files', async () => {
  const others = [
    aCollection({ id: 'c-2', name: 'Contracts' }),
    aCollection({ id: 'c-3', access: 'READ', name: 'Law' }),
  ];
  fakeApi({ ...withDocuments, 'GET /collections': page([aCollection(), ...others]) });
  const { user } = renderApp('/documents');
  await screen.findByRole('link', { name: 'Travel' });
  dragFilesOver();
  expect(await screen.findByText('Drop to upload')).toBeVisible();
  const [input] = screen.getAllByLabelText('Choose files to upload');
  await user.upload(input as HTMLElement, new File(['text'], 'leave.md'));
  const dialog = await screen.findByRole('dialog');
  const choices = within(dialog).getAllByRole('listitem');
  expect(choices.map(({ textContent }) => textContent)).toEqual(['Handbook', 'Contracts']);
});
