import { createContext, useContext } from 'react';

export interface Attach {
  /** Name of the only collection that files can go to; null if there are several, so that it must be asked. */
  collectionName: string | null;
  add: (files: File[]) => void;
}

/** Takes files from any page and uploads them; null where the person may add nowhere. */
export const AttachContext = createContext<Attach | null>(null);

export const useAttach = () => useContext(AttachContext);
