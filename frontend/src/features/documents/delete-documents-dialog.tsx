import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '@/shared/api/problem';
import type { DeleteResult, Document } from '@/shared/api/types';
import { useProblemText } from '@/shared/problems/use-problem-text';
import { ConfirmDialog } from '@/shared/ui/dialog/confirm-dialog';
import { Notice } from '@/shared/ui/notice/notice';
import { useDeleteDocuments } from './document-queries';

interface DeleteDocumentsDialogProps {
  documents: Document[];
  onDeleted: () => void;
  onClose: () => void;
}

const shown = 8;

export function DeleteDocumentsDialog({ documents, onDeleted, onClose }: DeleteDocumentsDialogProps) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const [kept, setKept] = useState<DeleteResult[]>([]);
  const remove = useDeleteDocuments((results) => {
    const refused = results.filter(({ deleted }) => !deleted);
    setKept(refused);
    if (refused.length === 0) onDeleted();
  });
  const titleOf = (id: string) => documents.find((document) => document.id === id)?.title ?? id;
  const rest = documents.length - shown;
  return (
    <ConfirmDialog
      title={t('document.deleteTitle', { count: documents.length })}
      action={t('common.delete')}
      open
      busy={remove.isPending}
      problem={remove.error && Problem.from(remove.error)}
      onConfirm={() => remove.mutate(documents.map(({ id }) => id))}
      onClose={onClose}
    >
      <ul className="list-disc pl-5">
        {documents.slice(0, shown).map(({ id, title }) => (
          <li key={id} className="wrap-anywhere">
            {title}
          </li>
        ))}
        {rest > 0 && <li>{t('common.andMore', { count: rest })}</li>}
      </ul>
      <p>{t('document.deleteText')}</p>
      <p className="text-sm text-muted">{t('document.deleteFinal')}</p>
      {kept.map(({ id, problem }) => (
        <Notice key={id} tone="bad" role="alert" title={titleOf(id)}>
          {problem && problemText(problem).line}
        </Notice>
      ))}
    </ConfirmDialog>
  );
}
