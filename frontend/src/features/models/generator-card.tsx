import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RegisteredModel } from '@/shared/api/types';
import { useFormat } from '@/shared/format/use-format';
import { Badge } from '@/shared/ui/badge/badge';
import { Button } from '@/shared/ui/button/button';
import { IconButton } from '@/shared/ui/button/icon-button';
import { BuiltInScores } from './built-in-scores';
import { ModelAdapters } from './model-adapters';
import { useModelSizes } from './use-model-sizes';

interface GeneratorCardProps {
  model: RegisteredModel;
  active: boolean;
  /** Being loaded, or it could not be. */
  wanted: boolean;
  loading: boolean;
  onActivate: () => void;
  onRemove: () => void;
}

export function GeneratorCard({ model, active, wanted, loading, onActivate, onRemove }: GeneratorCardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [showsAdapters, setShowsAdapters] = useState(false);
  const sizes = useModelSizes(model);
  const facts = [
    [t('model.family'), model.architecture],
    [
      t('model.experts'),
      model.experts === 0
        ? t('model.dense')
        : t('model.expertsUsed', { count: model.experts, used: model.expertsUsed }),
    ],
    [t('model.parameters'), sizes.parameters],
    [t('model.size'), format.bytes(model.bytes)],
    [t('model.quantisation'), model.format],
    [t('model.context'), sizes.context],
    [
      t('model.memory'),
      t('model.memoryAt', { size: format.bytes(model.memoryBytes), number: format.number(model.memoryContextTokens) }),
    ],
    [t('model.licence'), model.licence || t('model.notStated')],
    ...(model.builtIn ? [] : [[t('model.added'), format.dateTime(model.addedAt)]]),
  ];
  return (
    <li className="flex flex-col gap-2 rounded-md border border-line p-4 text-sm">
      <div className="flex items-start justify-between gap-2">
        <p className="flex min-w-0 flex-wrap items-center gap-2 text-base font-medium wrap-anywhere">
          {model.name}
          {model.builtIn && <Badge tone="neutral">{t('model.builtIn')}</Badge>}
          {active && <Badge tone="good">{t('model.active')}</Badge>}
          {loading && <Badge tone="accent">{t('model.loadingBadge')}</Badge>}
          {!model.present && <Badge tone="warn">{t('model.fileMissing')}</Badge>}
        </p>
        {!active && !wanted && !model.builtIn && (
          <IconButton label={t('model.remove', { name: model.name })} icon={Trash2} onClick={onRemove} />
        )}
      </div>
      {model.builtIn && <BuiltInScores builtIn={model.builtIn} />}
      <dl className="flex flex-col gap-1">
        {facts.map(([name, value]) => (
          <div key={name} className="flex justify-between gap-3">
            <dt className="text-muted">{name}</dt>
            <dd className="text-end">{value}</dd>
          </div>
        ))}
        <div className="flex flex-col gap-1">
          <dt className="text-muted">{t('model.checksum')}</dt>
          <dd className="font-mono text-xs wrap-anywhere">{model.sha256}</dd>
        </div>
      </dl>
      <div className="flex flex-wrap gap-2">
        {!active && !loading && model.present && (
          <Button size="small" aria-label={t('model.activateNamed', { name: model.name })} onClick={onActivate}>
            {t('model.activate')}
          </Button>
        )}
        <Button
          size="small"
          kind="quiet"
          aria-label={t('model.adaptersOf', { name: model.name })}
          aria-expanded={showsAdapters}
          onClick={() => setShowsAdapters(!showsAdapters)}
        >
          {t('model.adapters')}
        </Button>
      </div>
      {showsAdapters && <ModelAdapters model={model} />}
    </li>
  );
}
