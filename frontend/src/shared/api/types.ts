/**
 * What the server says, one name per resource. Written by hand until `npm run types` has an OpenAPI file to read;
 * then each line becomes `export type X = components['schemas']['X']` and nothing else changes.
 */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}
export interface Named {
  id: string;
  name: string;
}
export type Role = 'ADMINISTRATOR' | 'MEMBER';
export type Language = 'en' | 'zh';

export interface Me {
  id: string;
  email: string;
  displayName: string;
  role: Role;
  language: Language;
  groups: Named[];
  mayCreateCollections: boolean;
}
export interface ApiKey {
  id: string;
  name: string;
  prefix: string;
  createdAt: string;
  lastUsedAt: string | null;
  expiresAt: string | null;
}
export interface CreatedApiKey {
  key: ApiKey;
  secret: string;
}
export interface Person {
  id: string;
  email: string;
  displayName: string;
  role: Role;
  active: boolean;
  invited: boolean;
  groups: Named[];
  createdAt: string;
  lastSignInAt: string | null;
}
export interface Invitation {
  link: string;
  expiresAt: string;
}
export interface Group {
  id: string;
  name: string;
  members: { id: string; displayName: string; email: string }[];
}
export interface DirectoryEntry {
  kind: 'PERSON' | 'GROUP';
  id: string;
  name: string;
  detail: string;
}

export type Access = 'READ' | 'CONTRIBUTE' | 'MANAGE';
export interface Collection {
  id: string;
  name: string;
  description: string | null;
  access: Access;
  readers: { everyone: boolean; people: number; groups: number };
  sample: boolean;
  createdAt: string;
  updatedAt: string;
}
export interface Permission {
  grantee: { kind: 'PERSON' | 'GROUP' | 'EVERYONE'; id: string | null; name: string };
  access: Access;
}
export interface DocumentCount {
  collectionId: string;
  documents: number;
  failed: number;
  processing: number;
}

export type DocumentState = 'QUEUED' | 'PROCESSING' | 'INDEXED' | 'FAILED';
export type DocumentStage = 'STORED' | 'EXTRACTING' | 'CHUNKING' | 'EMBEDDING' | 'INDEXED';
export interface Cause {
  code: string;
  title: string;
  detail: string | null;
}
export interface Document {
  id: string;
  collectionId: string;
  title: string;
  fileName: string;
  mediaType: string;
  format: string;
  bytes: number;
  pages: number | null;
  state: DocumentState;
  stage: DocumentStage;
  progress: number;
  problem: Cause | null;
  warning: Cause | null;
  revision: number;
  passages: number | null;
  language: string | null;
  textVersionId: string | null;
  owner: Named;
  createdAt: string;
  updatedAt: string;
}
export interface Revision {
  number: number;
  fileName: string;
  bytes: number;
  sha256: string;
  uploadedAt: string;
  uploadedBy: Named;
  state: DocumentState;
  problem: Cause | null;
  current: boolean;
  textVersionId: string | null;
}
export interface DocumentPassage {
  ordinal: number;
  start: number;
  end: number;
  heading: string | null;
  page: number | null;
  language: string | null;
  text: string;
}
export type UploadOutcome = 'ACCEPTED' | 'NEW_REVISION' | 'DUPLICATE' | 'REJECTED';
export interface UploadResult {
  fileName: string;
  outcome: UploadOutcome;
  document: Document | null;
  /** The document that has the same bytes: in place of a DUPLICATE, or beside one ACCEPTED, in another collection. */
  duplicateOf: { id: string; title: string } | null;
  problem: ProblemBody | null;
}
export interface DeleteResult {
  id: string;
  deleted: boolean;
  problem: ProblemBody | null;
}
export interface TextVersion {
  id: string;
  documentId: string;
  collectionId: string;
  title: string;
  revision: number;
  current: boolean;
  mediaType: string;
  format: string;
  length: number;
  pageCount: number | null;
  uploadedAt: string;
}
export interface TextRange {
  from: number;
  to: number;
  length: number;
  text: string;
}
export interface PageBoxes {
  page: number;
  width: number;
  height: number;
  boxes: { x: number; y: number; width: number; height: number }[];
}

export interface Passage {
  rank: number;
  passageId: string;
  documentId: string;
  textVersionId: string;
  collectionId: string;
  collectionName: string;
  title: string;
  heading: string | null;
  page: number | null;
  start: number;
  end: number;
  text: string;
}
export interface FindResult {
  documents: { id: string; title: string; collectionId: string }[];
  conversations: { id: string; title: string }[];
}

export interface ConversationSummary {
  id: string;
  title: string;
  pinned: boolean;
  createdAt: string;
  updatedAt: string;
  assistantId: string | null;
}
export interface Conversation extends ConversationSummary {
  collectionIds: string[] | null;
  messages: Message[];
}
export interface Suggestion {
  question: string;
  collectionId: string;
}
export type MessageState = 'COMPLETE' | 'STOPPED' | 'FAILED' | 'STREAMING';
export type AnswerMode = 'QUOTE' | 'WRITTEN' | 'ABSTAINED';
export type BlockKind = 'QUOTE' | 'TEXT' | 'REDACTED';
export type Rating = 'UP' | 'DOWN';
export interface Block {
  kind: BlockKind;
  text: string;
  citations: number[];
}
export interface Citation {
  number: number;
  documentId: string;
  textVersionId: string;
  collectionId: string;
  title: string;
  heading: string | null;
  page: number | null;
  revision: number;
  uploadedAt: string;
  start: number;
  end: number;
  quote: string;
  redacted: boolean;
}
export interface Message {
  id: string;
  role: 'QUESTION' | 'ANSWER';
  createdAt: string;
  text: string | null;
  state: MessageState;
  mode: AnswerMode | null;
  writer: string | null;
  blocks: Block[];
  citations: Citation[];
  searched: { collections: Named[]; passages: number; collectionCount: number } | null;
  nearest: Passage[];
  timing: { searchMillis: number; writeMillis: number; totalMillis: number } | null;
  rating: Rating | null;
  problem: ProblemBody | null;
}
export type ProgressStage = 'SEARCHING' | 'READING' | 'WRITING';

export interface Assistant {
  id: string;
  name: string;
  description: string | null;
  instructions: string;
  collectionIds: string[] | null;
  hiddenCollections?: number;
  retrieval: { passages: number; semanticWeight: number; answerSentences: number };
  isDefault: boolean;
  version: number;
  createdAt: string;
  updatedAt: string;
}
export interface Models {
  generator: { mode: string; name: string; description: string };
  backend: { id: string; name: string; detail: string; available: boolean };
  embedders: { id: string; name: string; language: string; dimensions: number; licence: string; active: boolean }[];
}
export interface AuditEntry {
  id: string;
  at: string;
  actor: Named | null;
  action: string;
  subject: { kind: string; id: string; label: string } | null;
  detail: string | null;
  address: string | null;
}
export interface About {
  version: string;
  buildTime: string | null;
}
/** RFC 9457 body; `code` is stable, `title` is for people. */
export interface ProblemBody {
  type?: string;
  title: string;
  status?: number;
  detail?: string | null;
  code: string;
  requestId?: string | null;
  field?: string;
  errors?: { field: string; message: string }[];
  limitBytes?: number;
  retryAfterSeconds?: number;
}
