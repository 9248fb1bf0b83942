import { useTranslation } from 'react-i18next';
import { Problem } from '@/shared/api/problem';
import type { Message } from '@/shared/api/types';
import { ProblemNotice } from '@/shared/ui/notice/problem-notice';
import { Abstained } from './abstained';
import { AnswerActions } from './answer-actions';
import { AnswerBlock } from './answer-block';
import { AnswerModeLabel } from './answer-mode-label';
import { AnswerReadLine } from './answer-read-line';
import { AnswerRemoteLine } from './answer-remote-line';
import { citationKey } from './cited-source';

interface AnswerProps {
  message: Message;
  activeKey: string | null;
  onOpen: (key: string) => void;
  onRegenerate?: () => void;
  onBranch?: () => void;
}

export function Answer({ message, activeKey, onOpen, onRegenerate, onBranch }: AnswerProps) {
  const { t } = useTranslation();
  const active = activeKey?.startsWith(`${message.id}.`) ? Number(activeKey.slice(message.id.length + 1)) : null;
  const saysNothing = message.state === 'FAILED' && message.blocks.length === 0;
  return (
    <article aria-label={t('chat.answer')} className="flex flex-col gap-3">
      {message.mode && (
        <div>
          <AnswerModeLabel mode={message.mode} writer={message.writer} />
        </div>
      )}
      {message.mode === 'ABSTAINED' ? (
        <Abstained message={message} activeKey={activeKey} onOpen={onOpen} />
      ) : (
        message.blocks.map((block, index) => (
          <AnswerBlock
            key={index}
            complete
            block={block}
            citations={message.citations}
            activeNumber={active}
            onOpen={(number) => onOpen(citationKey(message, number))}
          />
        ))
      )}
      {message.cutOff && <p className="text-sm text-muted">{t('chat.cutOff')}</p>}
      {message.read && <AnswerReadLine read={message.read} />}
      {message.remote && <AnswerRemoteLine remote={message.remote} />}
      {message.state === 'STREAMING' && <p className="text-sm text-muted">{t('chat.writtenElsewhere')}</p>}
      {message.state === 'STOPPED' && <p className="text-sm text-muted">{t('chat.stopped')}</p>}
      {message.state === 'FAILED' && (
        <ProblemNotice
          problem={new Problem(message.problem ?? { code: 'answer-failed', title: '' }, 500, null)}
          onRetry={onRegenerate}
        />
      )}
      {message.state !== 'STREAMING' && !saysNothing && (
        <AnswerActions message={message} onRegenerate={onRegenerate} onBranch={onBranch} />
      )}
    </article>
  );
}
