import { createContext, useContext, useSyncExternalStore } from 'react';
import type { AnswerStreams } from './answer-streams';
import type { LiveAnswer } from './live-answer';

export const AnswerStreamsContext = createContext<AnswerStreams | null>(null);

export function useAnswerStreams(): AnswerStreams {
  const streams = useContext(AnswerStreamsContext);
  if (!streams) throw new Error('no AnswerStreamsProvider above');
  return streams;
}

export function useLiveAnswer(conversationId: string | undefined): LiveAnswer | undefined {
  const streams = useAnswerStreams();
  return useSyncExternalStore(streams.subscribe, () => (conversationId ? streams.get(conversationId) : undefined));
}
