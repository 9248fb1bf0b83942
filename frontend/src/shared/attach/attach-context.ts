import { createContext, useContext } from 'react';

/** Takes files from any page, asks where they go, and uploads them; null where the person may add nowhere. */
export type Attach = ((files: File[]) => void) | null;

export const AttachContext = createContext<Attach>(null);

export const useAttach = () => useContext(AttachContext);
