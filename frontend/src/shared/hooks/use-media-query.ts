import { useSyncExternalStore } from 'react';

export function useMediaQuery(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = matchMedia(query);
      list.addEventListener('change', changed);
      return () => list.removeEventListener('change', changed);
    },
    () => matchMedia(query).matches,
  );
}

/** Wide enough for the rail and panels beside each other. */
export function useIsWide(): boolean {
  return useMediaQuery('(min-width: 56.25rem)');
}
