import { useMutation, useQueryClient } from '@tanstack/react-query';
import { json } from '@/shared/api/client';
import { keys } from '@/shared/api/keys';
import type { Assistant } from '@/shared/api/types';

export type AssistantDraft = Pick<Assistant, 'name' | 'description' | 'instructions' | 'collectionIds' | 'retrieval'>;

export function useSaveAssistant(id: string | undefined, onSaved: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: AssistantDraft) =>
      id
        ? json<Assistant>(`/assistants/${id}`, { method: 'PATCH', body })
        : json<Assistant>('/assistants', { method: 'POST', body }),
    onSuccess: () => {
      onSaved();
      void client.invalidateQueries({ queryKey: keys.assistants });
    },
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
