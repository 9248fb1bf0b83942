import { useTranslation } from 'react-i18next';
import type { Models } from '@/shared/api/types';
import { useFormat } from '@/shared/format/use-format';
import { Badge } from '@/shared/ui/badge/badge';

interface EmbedderCardProps {
  embedder: Models['embedders'][number];
  languageName: string;
}

export function EmbedderCard({ embedder, languageName }: EmbedderCardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const facts = [
    [t('model.language'), languageName],
    [t('model.dimensions'), format.number(embedder.dimensions)],
    [t('model.licence'), embedder.licence],
  ];
  return (
    <li className="flex flex-col gap-2 rounded-md border border-line p-4 text-sm">
      <p className="flex items-start justify-between gap-2 text-base font-medium">
        <span className="min-w-0 wrap-anywhere">{embedder.name}</span>
        {embedder.active && <Badge tone="good">{t('model.active')}</Badge>}
      </p>
      <dl className="flex flex-col gap-1">
        {facts.map(([name, value]) => (
          <div key={name} className="flex justify-between gap-3">
            <dt className="text-muted">{name}</dt>
            <dd className="text-end">{value}</dd>
          </div>
        ))}
      </dl>
    </li>
  );
}
