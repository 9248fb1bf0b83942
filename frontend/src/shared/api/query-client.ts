import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { keys } from './keys';
import { Problem } from './problem';

/** Server state. A session that ended anywhere is forgotten everywhere, which leads to the sign-in page. */
export function createQueryClient(): QueryClient {
  const noticeEndedSession = (error: unknown) => {
    if (error instanceof Problem && error.status === 401 && error.code === 'not-signed-in') {
      client.setQueryData(keys.session, null);
    }
  };
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: noticeEndedSession }),
    mutationCache: new MutationCache({ onError: noticeEndedSession }),
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retry: (count, error) => error instanceof Problem && (error.status === 0 || error.status >= 502) && count < 2,
      },
    },
  });
  return client;
}
