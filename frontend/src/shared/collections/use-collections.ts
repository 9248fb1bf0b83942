import { useQuery } from '@tanstack/react-query';
import { json } from '@/shared/api/client';
import { everyPage } from '@/shared/api/every-page';
import { keys } from '@/shared/api/keys';
import type { Collection, DocumentCount } from '@/shared/api/types';

/** All collections the person may read. */
export function useCollections() {
  return useQuery({
    queryKey: keys.collections,
    queryFn: () => everyPage<Collection>('/collections'),
    staleTime: 30_000,
  });
}

export function useDocumentCounts() {
  return useQuery({
    queryKey: keys.counts,
    queryFn: async () => {
      const { items } = await json<{ items: DocumentCount[] }>('/document-counts');
      return new Map(items.map((count) => [count.collectionId, count]));
    },
  });
}
