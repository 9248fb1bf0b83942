import type { Assistant } from '@/shared/api/types';

/** What the form changes. */
export type AssistantDraft = Pick<
  Assistant,
  'name' | 'description' | 'instructions' | 'collectionIds' | 'retrieval' | 'sampling'
> & {
  /** Empty: the model as it is. */
  adapter: string;
};

const empty: AssistantDraft = {
  name: '',
  description: '',
  instructions: '',
  collectionIds: null,
  retrieval: { passages: 12, semanticWeight: null, answerSentences: 4 },
  adapter: '',
  sampling: { temperature: null, topP: null, answerTokens: null, seed: null },
};

export const draftOf = (assistant: Assistant | undefined): AssistantDraft => {
  const { name, description, instructions, collectionIds, retrieval, adapter, sampling } = assistant ?? empty;
  return { name, description, instructions, collectionIds, retrieval, adapter: adapter ?? '', sampling };
};

const comparable = ({ collectionIds, ...rest }: AssistantDraft) =>
  JSON.stringify([rest, collectionIds && [...collectionIds].sort()]);

export const isChanged = (draft: AssistantDraft, assistant: Assistant) =>
  comparable(draft) !== comparable(draftOf(assistant));
