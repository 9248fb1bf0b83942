import { GitBranch, RotateCcw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Message } from '@/shared/api/types';
import { useFormat } from '@/shared/format/use-format';
import { CopyButton } from '@/shared/ui/button/copy-button';
import { IconButton } from '@/shared/ui/button/icon-button';
import { answerAsText } from './answer-as-text';
import { AnswerRating } from './answer-rating';

interface AnswerActionsProps {
  message: Message;
  onRegenerate?: () => void;
  onBranch?: () => void;
}

export function AnswerActions({ message, onRegenerate, onBranch }: AnswerActionsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { timing, writer } = message;
  return (
    <div className="flex flex-wrap items-center gap-1">
      <CopyButton text={answerAsText(message)} label={t('chat.copy')} />
      {onRegenerate && <IconButton icon={RotateCcw} label={t('chat.regenerate')} size="small" onClick={onRegenerate} />}
      {onBranch && <IconButton icon={GitBranch} label={t('chat.branch')} size="small" onClick={onBranch} />}
      <AnswerRating message={message} />
      {timing && (
        <span
          className="ml-2 text-xs text-muted"
          title={t('chat.timingDetail', {
            search: format.millis(timing.searchMillis),
            write: format.millis(timing.writeMillis),
          })}
        >
          {writer
            ? t('chat.timingBy', { time: format.millis(timing.totalMillis), writer })
            : format.millis(timing.totalMillis)}
        </span>
      )}
    </div>
  );
}
