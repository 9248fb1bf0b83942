import { useMutation, useQueryClient } from '@tanstack/react-query';
import { json } from '@/shared/api/client';
import { keys } from '@/shared/api/keys';
import type { Collection } from '@/shared/api/types';

/** Adds Witan's own manual as a collection everyone may read. */
export function useAddSample(onAdded?: (collection: Collection) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => json<Collection>('/collections/sample', { method: 'POST' }),
    onSuccess: (collection) => {
      void client.invalidateQueries({ queryKey: keys.collections });
      void client.invalidateQueries({ queryKey: keys.counts });
      void client.invalidateQueries({ queryKey: keys.suggestions });
      onAdded?.(collection);
    },
  });
}
