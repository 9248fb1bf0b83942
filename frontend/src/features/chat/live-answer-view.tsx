import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '@/shared/ui/notice/problem-notice';
import { AnswerBlock } from './answer-block';
import { AnswerModeLabel } from './answer-mode-label';
import { AnswerReadLine } from './answer-read-line';
import { AnswerRemoteLine } from './answer-remote-line';
import { AnswerStatus } from './answer-status';
import type { LiveAnswer } from './live-answer';

interface LiveAnswerViewProps {
  live: LiveAnswer;
  onRetry: () => void;
}

export function LiveAnswerView({ live, onRetry }: LiveAnswerViewProps) {
  const { t } = useTranslation();
  const quoting = live.blocks.some((block) => block.kind === 'QUOTE');
  return (
    <article aria-label={t('chat.answer')} aria-busy={!live.answer && !live.problem} className="flex flex-col gap-3">
      {quoting && (
        <div>
          <AnswerModeLabel mode="QUOTE" writer={live.writer} />
        </div>
      )}
      {live.writer && !quoting && (
        <div>
          <AnswerModeLabel mode="WRITTEN" writer={live.writer} />
        </div>
      )}
      {live.blocks.map((block, index) => (
        <AnswerBlock key={index} block={block} citations={live.citations} activeNumber={null} />
      ))}
      {live.remote && <AnswerRemoteLine remote={live.remote} />}
      {live.read && <AnswerReadLine read={live.read} />}
      {live.problem ? <ProblemNotice problem={live.problem} onRetry={onRetry} /> : <AnswerStatus live={live} />}
    </article>
  );
}
