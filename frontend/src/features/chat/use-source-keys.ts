import { useEffect } from 'react';
import { isTyping } from '@/shared/hooks/is-typing';
import type { OpenedSource } from './use-opened-source';

/** `[` and `]` go from citation to citation; Escape closes the panel. */
export function useSourceKeys({ source, previous, next, open, close }: OpenedSource): void {
  useEffect(() => {
    if (!source) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === 'Escape') close();
      else if (isTyping(event)) return;
      else if (event.key === '[' && previous) open(previous.key);
      else if (event.key === ']' && next) open(next.key);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [source, previous, next, open, close]);
}
