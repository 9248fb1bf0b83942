import { useCallback } from 'react';
import { useSearchParams } from 'react-router';
import type { Message } from '@/shared/api/types';
import { sourcesOf, type CitedSource } from './cited-source';

export interface OpenedSource {
  source: CitedSource | null;
  previous: CitedSource | null;
  next: CitedSource | null;
  open: (key: string) => void;
  close: () => void;
}

/** The place opened beside the conversation, kept in the address so that it can be shared and Back closes it. */
export function useOpenedSource(messages: Message[]): OpenedSource {
  const [parameters, setParameters] = useSearchParams();
  const key = parameters.get('source');
  const message = messages.find((candidate) => key?.startsWith(`${candidate.id}.`));
  const sources = message ? sourcesOf(message) : [];
  const index = sources.findIndex((candidate) => candidate.key === key);
  const isOpen = key !== null;
  const open = useCallback(
    (next: string) => setParameters({ source: next }, { replace: isOpen }),
    [setParameters, isOpen],
  );
  const close = useCallback(() => setParameters({}), [setParameters]);
  return {
    source: sources[index] ?? null,
    previous: index > 0 ? (sources[index - 1] ?? null) : null,
    next: index >= 0 ? (sources[index + 1] ?? null) : null,
    open,
    close,
  };
}
