/**
 * What the server says, one name per resource, from the OpenAPI document (`npm run types` after it changed).
 */
import type { components } from './schema';

type Schemas = components['schemas'];

/** A component that the document does not require is sent as null, never left out. */
type Sent<T> = T extends (infer Item)[]
  ? Sent<Item>[]
  : T extends object
    ? { [K in keyof T]-?: undefined extends T[K] ? Sent<Exclude<T[K], undefined>> | null : Sent<T[K]> }
    : T;

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}
export interface Named {
  id: string;
  name: string;
}
export type Me = Sent<Schemas['Me']>;
export type ApiKey = Sent<Schemas['ApiKey']>;
export type CreatedApiKey = Sent<Schemas['CreatedApiKey']>;
export type Person = Sent<Schemas['Person']>;
export type Invitation = Sent<Schemas['InvitationLink']>;
export type Group = Sent<Schemas['Group']>;
export type DirectoryEntry = Sent<Schemas['DirectoryEntry']>;
export type Collection = Sent<Schemas['Collection']>;
export type Permission = Sent<Schemas['Permission']>;
export type DocumentCount = Sent<Schemas['DocumentCount']>;
export type Cause = Sent<Schemas['DocumentProblem']>;
export type Document = Sent<Schemas['Document']>;
export type Revision = Sent<Schemas['Revision']>;
export type DocumentPassage = Sent<Schemas['DocumentPassage']>;
export type UploadResult = Sent<Schemas['UploadResult']>;
export type DeleteResult = Sent<Schemas['DeletionResult']>;
export type TextVersion = Sent<Schemas['TextVersion']>;
export type TextRange = Sent<Schemas['TextWindow']>;
export type PageBoxes = Sent<Schemas['PageBoxes']>;
export type Passage = Sent<Schemas['Passage']>;
export type FindResult = Sent<Schemas['Found']>;
export type ConversationSummary = Sent<Schemas['ConversationSummary']>;
export type Conversation = Sent<Schemas['Conversation']>;
export type Suggestion = Sent<Schemas['Suggestion']>;
export type Block = Sent<Schemas['AnswerBlock']>;
export type Citation = Sent<Schemas['Citation']>;
export type Message = Sent<Schemas['Message']>;
export type Assistant = Sent<Schemas['Assistant']>;
export type AssistantVersion = Sent<Schemas['AssistantVersion']>;
export type Models = Sent<Schemas['ModelOverview']>;
export type RegisteredModel = Sent<Schemas['RegisteredModel']>;
export type RegisteredAdapter = Sent<Schemas['RegisteredAdapter']>;
export type GeneratorStatistics = Sent<Schemas['GeneratorStatistics']>;
export type IncomingModel = Sent<Schemas['IncomingModel']>;
export type FetchToken = Sent<Schemas['FetchToken']>;
export type RemoteGenerator = Sent<Schemas['RemoteGenerator']>;
export type RemoteCheck = Sent<Schemas['RemoteCheck']>;
export type AnswerRemote = Sent<Schemas['AnswerRemote']>;
export type ModelFit = Sent<Schemas['ModelFit']>;
export type AuditEntry = Sent<Schemas['AuditEntry']>;
export type About = Sent<Schemas['About']>;

export type Role = Me['role'];
export type Language = Me['language'];
export type Access = Collection['access'];
export type DocumentState = Document['state'];
export type DocumentStage = Document['stage'];
export type UploadOutcome = UploadResult['outcome'];
export type MessageState = Message['state'];
export type AnswerMode = NonNullable<Message['mode']>;
export type AnswerRead = NonNullable<Message['read']>;
export type BlockKind = Block['kind'];
export type Rating = NonNullable<Message['rating']>;
/** Told while an answer is made; events of a stream are not in the OpenAPI document. */
export type ProgressStage = 'SEARCHING' | 'QUEUED' | 'READING' | 'WRITING';
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
