import { useContext } from 'react';
import type { Me } from '@/shared/api/types';
import { MeContext } from './me-context';

/** The signed-in person; only on pages that need one. Stays until the page is gone, also while signing out. */
export function useMe(): Me {
  const me = useContext(MeContext);
  if (!me) throw new Error('used outside a signed-in page');
  return me;
}
