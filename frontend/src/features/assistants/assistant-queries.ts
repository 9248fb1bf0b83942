import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { json } from '@/shared/api/client';
import { keys } from '@/shared/api/keys';
import type { Assistant, AssistantVersion, Page } from '@/shared/api/types';
import type { AssistantDraft } from './assistant-draft';

/** The list shows the new state before anything is told of it; what it makes stale is asked for again. */
function useChanged(onChanged: (assistant: Assistant) => void) {
  const client = useQueryClient();
  return (changed: Assistant) => {
    client.setQueryData<Assistant[]>(keys.assistants, (old) =>
      old?.some(({ id }) => id === changed.id)
        ? old.map((each) => (each.id === changed.id ? changed : each))
        : old && [...old, changed],
    );
    onChanged(changed);
    void client.invalidateQueries({ queryKey: keys.assistants });
  };
}

export function useSaveAssistant(id: string | undefined, onSaved: (assistant: Assistant) => void) {
  const onSuccess = useChanged(onSaved);
  return useMutation({
    mutationFn: (body: AssistantDraft) =>
      id
        ? json<Assistant>(`/assistants/${id}`, { method: 'PATCH', body })
        : json<Assistant>('/assistants', { method: 'POST', body }),
    onSuccess,
  });
}

export function useAssistantVersions(id: string, current: number) {
  return useInfiniteQuery({
    queryKey: keys.assistantVersions(id, current),
    queryFn: ({ pageParam }) =>
      json<Page<AssistantVersion>>(`/assistants/${id}/versions`, { query: { cursor: pageParam } }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}

export function useRestoreAssistant(id: string, onRestored: (assistant: Assistant) => void) {
  const onSuccess = useChanged(onRestored);
  return useMutation({
    mutationFn: (version: number) =>
      json<Assistant>(`/assistants/${id}/versions/${version}/restore`, { method: 'POST' }),
    onSuccess,
  });
}

export function useDeleteAssistant(id: string, onDeleted: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => json(`/assistants/${id}`, { method: 'DELETE' }),
    onSuccess: () => {
      onDeleted();
      void client.invalidateQueries({ queryKey: keys.assistants });
    },
  });
}
