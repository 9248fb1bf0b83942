import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { json } from '@/shared/api/client';
import { keys } from '@/shared/api/keys';
import type { DeleteResult, Document, DocumentPassage, DocumentState, Page, Revision } from '@/shared/api/types';
import { documentChanged } from './document-events';
import type { Format } from './use-format-name';

export type SortColumn = 'name' | 'type' | 'state' | 'size' | 'updated';

export interface DocumentFilter {
  collectionId: string | undefined;
  query: string;
  state: DocumentState | '';
  format: Format | '';
  sort: SortColumn;
  direction: 'asc' | 'desc';
}

export function useDocuments(filter: DocumentFilter) {
  return useInfiniteQuery({
    queryKey: [...keys.documents, filter],
    queryFn: ({ pageParam }) => json<Page<Document>>('/documents', { query: { ...filter, cursor: pageParam } }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
}

export function useDocument(id: string) {
  return useQuery({ queryKey: keys.document(id), queryFn: () => json<Document>(`/documents/${id}`) });
}

export function useRevisions(id: string) {
  return useQuery({
    queryKey: keys.revisions(id),
    queryFn: async () => (await json<{ items: Revision[] }>(`/documents/${id}/revisions`)).items,
  });
}

export function useDocumentPassages(id: string) {
  return useInfiniteQuery({
    queryKey: keys.passages(id),
    queryFn: ({ pageParam }) =>
      json<Page<DocumentPassage>>(`/documents/${id}/passages`, { query: { cursor: pageParam } }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}

export function useRetryDocument() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => json<Document>(`/documents/${id}/retry`, { method: 'POST' }),
    onSuccess: (document) => documentChanged(client, document),
  });
}

/** Deletes several; what could not be deleted is in the result, one line each. */
export function useDeleteDocuments(onDone: (results: DeleteResult[]) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (ids: string[]) =>
      (await json<{ results: DeleteResult[] }>('/documents/delete', { method: 'POST', body: { ids } })).results,
    onSuccess: (results) => {
      onDone(results);
      void client.invalidateQueries({ queryKey: keys.documents });
      void client.invalidateQueries({ queryKey: keys.counts });
    },
  });
}
