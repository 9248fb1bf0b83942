import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '@/shared/api/problem';
import { Button } from '../button/button';
import { ProblemNotice } from '../notice/problem-notice';
import { Dialog } from './dialog';

interface ConfirmDialogProps {
  title: string;
  action: string;
  open: boolean;
  busy?: boolean;
  problem?: Problem | null;
  onConfirm: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** Asks before something goes for good; the body says exactly what goes. */
export function ConfirmDialog({
  title,
  action,
  open,
  busy,
  problem,
  onConfirm,
  onClose,
  children,
}: ConfirmDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog title={title} open={open} onClose={onClose}>
      <div className="flex flex-col gap-4">
        {children}
        {problem && <ProblemNotice problem={problem} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button kind="danger" busy={busy} onClick={onConfirm}>
            {action}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
