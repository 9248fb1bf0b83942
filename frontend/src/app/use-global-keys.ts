import { useEffect, useRef } from 'react';
import { isTyping } from '@/shared/hooks/is-typing';

interface GlobalKeys {
  openPalette: () => void;
  openShortcuts: () => void;
}

/** ⌘K or Ctrl-K anywhere, `?` outside text fields. */
export function useGlobalKeys(actions: GlobalKeys): void {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        latest.current.openPalette();
      } else if (event.key === '?' && !isTyping(event)) {
        event.preventDefault();
        latest.current.openShortcuts();
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
