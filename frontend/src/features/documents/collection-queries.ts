import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { json } from '@/shared/api/client';
import { keys } from '@/shared/api/keys';
import type { Collection, DirectoryEntry, Permission } from '@/shared/api/types';

export interface CollectionText {
  name: string;
  description: string;
  /** Whether its passages may be sent to remote models; none: as it is. */
  mayLeave?: boolean;
}

export function useSaveCollection(id: string | undefined, onSaved: (collection: Collection) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: CollectionText) =>
      id
        ? json<Collection>(`/collections/${id}`, { method: 'PATCH', body })
        : json<Collection>('/collections', { method: 'POST', body }),
    onSuccess: async (collection) => {
      await client.invalidateQueries({ queryKey: keys.collections });
      onSaved(collection);
    },
  });
}

export function useDeleteCollection(id: string, onDeleted: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => json(`/collections/${id}`, { method: 'DELETE' }),
    onSuccess: async () => {
      onDeleted();
      await client.invalidateQueries({ queryKey: keys.collections });
      await client.invalidateQueries({ queryKey: keys.documents });
      await client.invalidateQueries({ queryKey: keys.counts });
    },
  });
}

export function usePermissions(id: string) {
  return useQuery({
    queryKey: keys.permissions(id),
    queryFn: async () => (await json<{ items: Permission[] }>(`/collections/${id}/permissions`)).items,
    staleTime: 0,
  });
}

export function useSavePermissions(id: string, onSaved: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (permissions: Permission[]) => {
      const items = permissions.map(({ grantee, access }) => ({
        grantee: { kind: grantee.kind, id: grantee.id },
        access,
      }));
      return json(`/collections/${id}/permissions`, { method: 'PUT', body: { items } });
    },
    onSuccess: async () => {
      onSaved();
      await client.invalidateQueries({ queryKey: keys.collections });
    },
  });
}

export function useDirectory(query: string) {
  return useQuery({
    queryKey: keys.directory(query),
    queryFn: async () => (await json<{ items: DirectoryEntry[] }>('/directory', { query: { query } })).items,
    enabled: query.length > 0,
  });
}
