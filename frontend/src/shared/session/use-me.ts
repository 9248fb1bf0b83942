import { useSession } from './use-session';
import type { Me } from '@/shared/api/types';

/** The signed-in person; only below the frame, which shows nothing before it knows one. */
export function useMe(): Me {
  const { data } = useSession();
  if (!data) throw new Error('used outside a signed-in page');
  return data;
}
