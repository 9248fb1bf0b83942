import { useQuery } from '@tanstack/react-query';
import { json } from '@/shared/api/client';
import { keys } from '@/shared/api/keys';
import { Problem } from '@/shared/api/problem';
import type { Me } from '@/shared/api/types';

async function loadSession(): Promise<Me | null> {
  try {
    return await json<Me>('/session');
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return null;
    throw error;
  }
}

/** Who is signed in; `data` is null for nobody. */
export function useSession() {
  return useQuery({ queryKey: keys.session, queryFn: loadSession, staleTime: 60_000 });
}
