import { useTranslation } from 'react-i18next';
import { useFormat } from '@/shared/format/use-format';
import type { CitedSource } from './cited-source';

/** Why this passage was read: its places in the searches, never their scores. */
export function SourceReasons({ source: { ranks, read } }: { source: CitedSource }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  if (!ranks) return null;
  const { place, byMeaning, byWords } = ranks;
  const reasons = [
    t('source.place', { place: number(place), count: Math.max(read, place) }),
    byMeaning === null ? t('source.notByMeaning') : t('source.byMeaning', { place: number(byMeaning) }),
    byWords === null ? t('source.notByWords') : t('source.byWords', { place: number(byWords) }),
  ];
  return (
    <dl className="text-xs text-muted">
      <dt className="inline font-medium text-ink">{t('source.why')}</dt>{' '}
      <dd className="inline">{reasons.join(' · ')}</dd>
    </dl>
  );
}
