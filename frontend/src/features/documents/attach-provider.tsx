import { useState, type ReactNode } from 'react';
import { AttachContext } from '@/shared/attach/attach-context';
import { useCollections } from '@/shared/collections/use-collections';
import { ChooseCollectionDialog } from './choose-collection-dialog';
import { useUploadQueue } from './uploads-context';

/** Lets other pages hand over files; the dock shows them on their way. */
export function AttachProvider({ children }: { children: ReactNode }) {
  const queue = useUploadQueue();
  const { data: collections = [] } = useCollections();
  const [files, setFiles] = useState<File[]>([]);
  const writable = collections.filter(({ access }) => access !== 'READ');
  const attach = (chosen: File[]) => {
    const [only, ...others] = writable;
    if (only && others.length === 0) queue.add(chosen, only.id);
    else setFiles(chosen);
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
