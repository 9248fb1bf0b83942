import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { AnswerStreams } from './answer-streams';
import { AnswerStreamsContext } from './answer-streams-context';

export function AnswerStreamsProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [streams] = useState(() => new AnswerStreams(client));
  return <AnswerStreamsContext value={streams}>{children}</AnswerStreamsContext>;
}
