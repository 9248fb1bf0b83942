import { useState, type ReactNode } from 'react';
import { AttachContext } from '@/shared/attach/attach-context';
import { useCollections } from '@/shared/collections/use-collections';
import { ChooseCollectionDialog } from './choose-collection-dialog';
import { useUploadQueue } from './uploads-context';

/** Lets every page hand over files without naming a collection; the dock shows them on their way. */
export function AttachProvider({ children }: { children: ReactNode }) {
  const queue = useUploadQueue();
  const { data: collections = [] } = useCollections();
  const [files, setFiles] = useState<File[]>([]);
  const writable = collections.filter(({ access }) => access !== 'READ');
  const only = writable.length === 1 ? writable[0] : undefined;
  const attach = {
    collectionName: only?.name ?? null,
    add: (chosen: File[]) => (only ? queue.add(chosen, only.id) : setFiles(chosen)),
  };
  return (
    <AttachContext value={writable.length > 0 ? attach : null}>
      {children}
      {files.length > 0 && (
        <ChooseCollectionDialog
          files={files}
          collections={writable}
          onClose={() => setFiles([])}
          onChoose={({ id }) => {
            queue.add(files, id);
            setFiles([]);
          }}
        />
      )}
    </AttachContext>
  );
}
