import { LoaderCircle } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/shared/format/use-format';
import type { LiveAnswer } from './live-answer';

/** What is happening while one waits, in words. */
export function AnswerStatus({ live }: { live: LiveAnswer }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const text = () => {
    switch (live.stage) {
      case 'QUEUED':
        return t('chat.stage.queued', { position: number(live.position ?? 1) });
      case 'READING':
        if (live.ofTokens) {
          return t('chat.stage.readingTokens', { tokens: number(live.tokens ?? 0), all: number(live.ofTokens) });
        }
        return t('chat.stage.reading', { count: live.passages });
      case 'WRITING':
        return t('chat.stage.writing');
      case 'SEARCHING':
        return t('chat.stage.searching', { count: live.collections });
      case null:
        return t('chat.stage.starting');
    }
  };
  return (
    <p role="status" className="flex items-center gap-2 text-sm text-muted">
      <LoaderCircle aria-hidden size={15} className="animate-spin" />
      {text()}
    </p>
  );
}
