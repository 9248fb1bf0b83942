import { useTranslation } from 'react-i18next';
import { Problem } from '@/shared/api/problem';
import type { Assistant } from '@/shared/api/types';
import { ConfirmDialog } from '@/shared/ui/dialog/confirm-dialog';
import { useDeleteAssistant } from './assistant-queries';

interface DeleteAssistantDialogProps {
  assistant: Assistant;
  onClose: () => void;
}

export function DeleteAssistantDialog({ assistant, onClose }: DeleteAssistantDialogProps) {
  const { t } = useTranslation();
  const remove = useDeleteAssistant(assistant.id, onClose);
  return (
    <ConfirmDialog
      title={t('assistant.delete', { name: assistant.name })}
      action={t('common.delete')}
      open
      busy={remove.isPending}
      problem={remove.error && Problem.from(remove.error)}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    >
      <p>{t('assistant.deleteText')}</p>
    </ConfirmDialog>
  );
}
