import { useQuery } from '@tanstack/react-query';
import { json } from '@/shared/api/client';
import { keys } from '@/shared/api/keys';
import type { Assistant } from '@/shared/api/types';

export function useAssistants() {
  return useQuery({
    queryKey: keys.assistants,
    queryFn: async () => (await json<{ items: Assistant[] }>('/assistants')).items,
    staleTime: 30_000,
  });
}
