import { useMutation, useQueryClient } from '@tanstack/react-query';
import { json } from '@/shared/api/client';
import { keys } from '@/shared/api/keys';

/** Ends the session and forgets everything it showed. */
export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => json('/session', { method: 'DELETE' }),
    onSuccess: () => {
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== keys.session[0] });
      client.setQueryData(keys.session, null);
    },
  });
}
