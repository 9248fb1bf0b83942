import { useTranslation } from 'react-i18next';
import { Problem } from '@/shared/api/problem';
import type { Collection } from '@/shared/api/types';
import { useDocumentCounts } from '@/shared/collections/use-collections';
import { ConfirmDialog } from '@/shared/ui/dialog/confirm-dialog';
import { useDeleteCollection } from './collection-queries';

interface DeleteCollectionDialogProps {
  collection: Collection;
  onDeleted: () => void;
  onClose: () => void;
}

export function DeleteCollectionDialog({ collection, onDeleted, onClose }: DeleteCollectionDialogProps) {
  const { t } = useTranslation();
  const { data: counts } = useDocumentCounts();
  const remove = useDeleteCollection(collection.id, onDeleted);
  const count = counts?.get(collection.id)?.documents ?? 0;
  return (
    <ConfirmDialog
      title={t('collection.deleteTitle', { name: collection.name })}
      action={t('collection.delete')}
      open
      busy={remove.isPending}
      problem={remove.error && Problem.from(remove.error)}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    >
      <p>{t('collection.deleteText', { count })}</p>
      <p className="text-sm text-muted">{t('document.deleteFinal')}</p>
    </ConfirmDialog>
  );
}
