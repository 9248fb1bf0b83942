import { useTranslation } from 'react-i18next';
import type { Collection } from '@/shared/api/types';
import { Dialog } from '@/shared/ui/dialog/dialog';

interface ChooseCollectionDialogProps {
  files: File[];
  collections: Collection[];
  onChoose: (collection: Collection) => void;
  onClose: () => void;
}

/** Where files go that were given without a collection. */
export function ChooseCollectionDialog({ files, collections, onChoose, onClose }: ChooseCollectionDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog title={t('upload.where', { count: files.length })} open onClose={onClose}>
      <ul className="flex flex-col gap-1">
        {collections.map((collection) => (
          <li key={collection.id}>
            <button
              type="button"
              onClick={() => onChoose(collection)}
              className="w-full truncate rounded-md border border-line px-3 py-2 text-start hover:border-accent"
            >
              {collection.name}
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
