import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { json } from '@/shared/api/client';
import { keys } from '@/shared/api/keys';
import type { Conversation, ConversationSummary, Page, Suggestion } from '@/shared/api/types';

const pollMillis = 1500;

/** One conversation; asked again while an answer is being written that this page does not stream itself. */
export function useConversation(id: string | undefined, streamedHere: boolean) {
  return useQuery({
    queryKey: keys.conversation(id ?? ''),
    queryFn: () => json<Conversation>(`/conversations/${id}`),
    enabled: id !== undefined,
    refetchInterval: ({ state }) =>
      !streamedHere && state.data?.messages.some((message) => message.state === 'STREAMING') ? pollMillis : false,
  });
}

export function useConversations(query: string) {
  return useInfiniteQuery({
    queryKey: [...keys.conversations, query],
    queryFn: ({ pageParam }) =>
      json<Page<ConversationSummary>>('/conversations', { query: { query, cursor: pageParam } }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}

export function useCreateConversation() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { assistantId: string | null; collectionIds: string[] | null }) =>
      json<Conversation>('/conversations', { method: 'POST', body }),
    onSuccess: (conversation) => client.setQueryData(keys.conversation(conversation.id), conversation),
  });
}

/** A conversation of its own that goes on from an answer. */
export function useBranchConversation() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, messageId }: { id: string; messageId: string }) =>
      json<Conversation>(`/conversations/${id}/branch`, { method: 'POST', body: { messageId } }),
    onSuccess: (conversation) => {
      client.setQueryData(keys.conversation(conversation.id), conversation);
      void client.invalidateQueries({ queryKey: keys.conversations });
    },
  });
}

export function useChangeConversation() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: { id: string; title?: string; pinned?: boolean }) =>
      json<ConversationSummary>(`/conversations/${id}`, { method: 'PATCH', body }),
    onSuccess: (_, { id }) => {
      void client.invalidateQueries({ queryKey: keys.conversations });
      void client.invalidateQueries({ queryKey: keys.conversation(id) });
    },
  });
}

export function useSuggestions() {
  return useQuery({
    queryKey: keys.suggestions,
    queryFn: () => json<{ items: Suggestion[] }>('/conversations/suggestions'),
    staleTime: 60_000,
  });
}
