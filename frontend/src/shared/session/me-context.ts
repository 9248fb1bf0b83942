import { createContext } from 'react';
import type { Me } from '@/shared/api/types';

/** Set around every page that needs somebody signed in. */
export const MeContext = createContext<Me | null>(null);
