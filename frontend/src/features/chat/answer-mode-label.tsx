import { PenLine, Quote, SearchX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { AnswerMode } from '@/shared/api/types';
import { Badge } from '@/shared/ui/badge/badge';

export function AnswerModeLabel({ mode, writer }: { mode: AnswerMode; writer: string | null }) {
  const { t } = useTranslation();
  switch (mode) {
    case 'QUOTE':
      return (
        <Badge wraps tone="accent" icon={Quote}>
          {writer ? t('chat.mode.quoteInstead', { writer }) : t('chat.mode.quote')}
        </Badge>
      );
    case 'ABSTAINED':
      return (
        <Badge tone="warn" icon={SearchX}>
          {t('chat.mode.abstained')}
        </Badge>
      );
    case 'WRITTEN':
      return (
        <Badge wraps icon={PenLine}>
          {writer ? t('chat.mode.writtenBy', { writer }) : t('chat.mode.written')}
        </Badge>
      );
  }
}
