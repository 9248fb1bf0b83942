import type { Assistant } from '@/shared/api/types';

/** What the form changes. */
export type AssistantDraft = Pick<
  Assistant,
  'name' | 'description' | 'instructions' | 'collectionIds' | 'retrieval' | 'sampling'
>;

const empty: AssistantDraft = {
  name: '',
  description: '',
  instructions: '',
  collectionIds: null,
  retrieval: { passages: 12, semanticWeight: null, answerSentences: 4 },
  sampling: { temperature: null, topP: null, answerTokens: null, seed: null },
};

export const draftOf = (assistant: Assistant | undefined): AssistantDraft => {
  const { name, description, instructions, collectionIds, retrieval, sampling } = assistant ?? empty;
  return { name, description, instructions, collectionIds, retrieval, sampling };
};

const comparable = ({ collectionIds, ...rest }: AssistantDraft) =>
  JSON.stringify([rest, collectionIds && [...collectionIds].sort()]);

export const isChanged = (draft: AssistantDraft, assistant: Assistant) =>
  comparable(draft) !== comparable(draftOf(assistant));
