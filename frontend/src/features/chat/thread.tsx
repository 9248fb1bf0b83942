import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { SentenceAnnouncer } from '@/shared/announce/sentence-announcer';
import type { Message } from '@/shared/api/types';
import { Answer } from './answer';
import type { LiveAnswer } from './live-answer';
import { LiveAnswerView } from './live-answer-view';
import { Question } from './question';

interface ThreadProps {
  messages: Message[];
  live: LiveAnswer | undefined;
  activeKey: string | null;
  onOpen: (key: string) => void;
  onAsk: (text: string, replaces?: string) => void;
  onBranch: (messageId: string) => void;
}

/** The messages so far; questions can be asked anew unless an answer is being written. */
export function Thread({ messages, live, activeKey, onOpen, onAsk, onBranch }: ThreadProps) {
  const { t } = useTranslation();
  const end = useRef<HTMLDivElement>(null);
  const count = messages.length + (live ? 1 : 0);
  const hasSource = activeKey !== null;
  useEffect(() => {
    if (!hasSource) end.current?.scrollIntoView({ block: 'end' });
  }, [count, live?.blocks.length, live?.answer, hasSource]);
  const busy = live !== undefined && !live.problem;
  const questionOf = (index: number) => messages.slice(0, index).findLast((message) => message.role === 'QUESTION');
  return (
    <div
      aria-label={t('chat.thread')}
      role="log"
      aria-live="off"
      className="mx-auto flex w-full max-w-3xl flex-col gap-6 px-4 py-6 md:px-8"
    >
      {messages.map((message, index) => {
        if (message.role === 'QUESTION') {
          const onEdit = busy ? undefined : (text: string) => onAsk(text, message.id);
          return <Question key={message.id} text={message.text ?? ''} onEdit={onEdit} />;
        }
        const question = questionOf(index);
        const onRegenerate = question && !busy ? () => onAsk(question.text ?? '', question.id) : undefined;
        return (
          <Answer
            key={message.id}
            message={message}
            activeKey={activeKey}
            onOpen={onOpen}
            onRegenerate={onRegenerate}
            onBranch={() => onBranch(message.id)}
          />
        );
      })}
      {live && (
        <>
          <Question text={live.question?.text ?? live.questionText} />
          <LiveAnswerView
            live={live}
            onRetry={() => onAsk(live.questionText, live.question?.id ?? live.replaces ?? undefined)}
          />
        </>
      )}
      <SentenceAnnouncer
        text={live?.blocks.map((block) => block.text.replace(/\s*\[\d+\]/g, '')).join('\n') ?? ''}
        finished={live !== undefined && (live.answer !== null || live.problem !== null)}
      />
      <div ref={end} />
    </div>
  );
}
