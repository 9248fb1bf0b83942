import { useTranslation } from 'react-i18next';
import type { AnswerRead } from '@/shared/api/types';
import { useFormat } from '@/shared/format/use-format';

/** Says that the model read less than was found, and why. */
export function AnswerReadLine({ read: { limitedBy, found, foundRead } }: { read: AnswerRead }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const values = { read: number(foundRead), found: number(found) };
  switch (limitedBy) {
    case null:
      return null;
    case 'SPEED':
      return <p className="text-sm text-muted">{t('chat.readLess.speed', values)}</p>;
    case 'CONTEXT':
      return <p className="text-sm text-muted">{t('chat.readLess.context', values)}</p>;
  }
}
