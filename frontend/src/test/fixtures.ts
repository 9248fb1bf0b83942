import type { Citation, Collection, Conversation, Document, Me, Message, Passage } from '@/shared/api/types';

const at = '2026-05-04T08:00:00Z';

export const anAdministrator = (changes: Partial<Me> = {}): Me => ({
  id: 'person-1',
  email: 'mei@example.org',
  displayName: 'Mei Lin',
  role: 'ADMINISTRATOR',
  language: 'en',
  groups: [],
  mayCreateCollections: true,
  ...changes,
});

export const aMember = () => anAdministrator({ role: 'MEMBER', mayCreateCollections: false });

export const aCollection = (changes: Partial<Collection> = {}): Collection => ({
  id: 'collection-1',
  name: 'Handbook',
  description: 'Leave and travel',
  access: 'MANAGE',
  readers: { everyone: true, people: 1, groups: 0 },
  sample: false,
  mayLeave: false,
  createdAt: at,
  updatedAt: at,
  ...changes,
});

export const aDocument = (changes: Partial<Document> = {}): Document => ({
  id: 'document-1',
  collectionId: 'collection-1',
  title: 'Parental leave',
  fileName: 'leave.docx',
  mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  format: 'DOCX',
  bytes: 48_000,
  pages: 6,
  state: 'INDEXED',
  stage: 'INDEXED',
  progress: 1,
  problem: null,
  warning: null,
  revision: 1,
  passages: 4,
  language: 'en',
  textVersionId: 'text-1',
  owner: { id: 'person-1', name: 'Mei Lin' },
  createdAt: at,
  updatedAt: at,
  ...changes,
});

export const documentText = 'Leave is generous. Parental leave is sixteen weeks. Ask your manager.';
export const quote = 'Parental leave is sixteen weeks.';

export const aCitation = (changes: Partial<Citation> = {}): Citation => ({
  number: 1,
  documentId: 'document-1',
  textVersionId: 'text-1',
  collectionId: 'collection-1',
  title: 'Parental leave',
  heading: 'How long',
  page: null,
  revision: 1,
  uploadedAt: at,
  start: documentText.indexOf(quote),
  end: documentText.indexOf(quote) + quote.length,
  quote,
  ranks: { place: 2, byMeaning: 1, byWords: null },
  redacted: false,
  ...changes,
});

export const aPassage = (): Passage => ({
  rank: 1,
  passageId: 'passage-1',
  documentId: 'document-1',
  textVersionId: 'text-1',
  collectionId: 'collection-1',
  collectionName: 'Handbook',
  title: 'Parental leave',
  heading: '',
  page: null,
  start: 0,
  end: 18,
  text: 'Leave is generous.',
});

const aMessage = (changes: Partial<Message>): Message => ({
  id: 'message-0',
  role: 'ANSWER',
  createdAt: at,
  text: null,
  state: 'COMPLETE',
  mode: null,
  writer: null,
  blocks: [],
  citations: [],
  searched: null,
  nearest: [],
  timing: null,
  rating: null,
  problem: null,
  read: null,
  cutOff: false,
  remote: null,
  ...changes,
});

export const aQuestion = (text: string, id = 'question-1') => aMessage({ id, role: 'QUESTION', text });

export const anAnswer = (changes: Partial<Message> = {}) =>
  aMessage({
    id: 'answer-1',
    mode: 'QUOTE',
    blocks: [{ kind: 'QUOTE', text: quote, citations: [1] }],
    citations: [aCitation()],
    searched: { collections: [{ id: 'collection-1', name: 'Handbook' }], passages: 12, collectionCount: 1 },
    timing: { searchMillis: 80, writeMillis: 20, totalMillis: 100 },
    ...changes,
  });

export const aConversation = (messages: Message[] = []): Conversation => ({
  id: 'conversation-1',
  title: 'Leave',
  pinned: false,
  createdAt: at,
  updatedAt: at,
  assistantId: null,
  collectionIds: null,
  messages,
});

export const page = <T>(items: T[]) => ({ items, nextCursor: null });

/** What every signed-in page asks for. */
export const signedIn = (me: Me = anAdministrator()) => ({
  'GET /session': me,
  'GET /setup': { required: false },
  'GET /collections': page([aCollection()]),
  'GET /document-counts': { items: [{ collectionId: 'collection-1', documents: 3, failed: 0, processing: 0 }] },
  'GET /conversations': page([aConversation()]),
  'GET /conversations/suggestions': { items: [{ question: 'How long is leave?', collectionId: 'collection-1' }] },
  'GET /assistants': { items: [] },
  'GET /text-versions/text-1': {
    id: 'text-1',
    documentId: 'document-1',
    collectionId: 'collection-1',
    title: 'Parental leave',
    revision: 1,
    current: true,
    mediaType: 'text/plain',
    format: 'DOCX',
    length: documentText.length,
    pageCount: null,
    uploadedAt: at,
  },
  'GET /text-versions/text-1/text': {
    from: 0,
    to: documentText.length,
    length: documentText.length,
    text: documentText,
  },
});
