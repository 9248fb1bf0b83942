import { useMutation } from '@tanstack/react-query';
import { Pencil, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { json } from '@/shared/api/client';
import { Problem } from '@/shared/api/problem';
import type { RemoteCheck, RemoteGenerator } from '@/shared/api/types';
import { useFormat } from '@/shared/format/use-format';
import { Badge } from '@/shared/ui/badge/badge';
import { Button } from '@/shared/ui/button/button';
import { IconButton } from '@/shared/ui/button/icon-button';
import { ProblemNotice } from '@/shared/ui/notice/problem-notice';

interface RemoteCardProps {
  remote: RemoteGenerator;
  active: boolean;
  onActivate: () => void;
  onEdit: () => void;
  onRemove: () => void;
}

export function RemoteCard({ remote, active, onActivate, onEdit, onRemove }: RemoteCardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const check = useMutation({
    mutationFn: () => json<RemoteCheck>(`/models/remote/${remote.id}/check`, { method: 'POST' }),
  });
  const facts = [
    [t('remote.address'), remote.address],
    [t('remote.model'), remote.model],
    [
      t('model.context'),
      t('model.contextTokens', { count: remote.contextTokens, number: format.number(remote.contextTokens) }),
    ],
    [t('remote.key'), remote.hasKey ? t('remote.keyStored') : t('remote.keyNone')],
    [t('model.added'), format.dateTime(remote.addedAt)],
  ];
  return (
    <li className="flex flex-col gap-2 rounded-md border border-line p-4 text-sm">
      <div className="flex items-start justify-between gap-2">
        <p className="flex min-w-0 flex-wrap items-center gap-2 text-base font-medium wrap-anywhere">
          {remote.name}
          {active && <Badge tone="good">{t('model.active')}</Badge>}
          <Badge tone="warn">{t('remote.leaves')}</Badge>
        </p>
        {!active && (
          <span className="flex shrink-0">
            <IconButton label={t('remote.edit', { name: remote.name })} icon={Pencil} onClick={onEdit} />
            <IconButton label={t('model.remove', { name: remote.name })} icon={Trash2} onClick={onRemove} />
          </span>
        )}
      </div>
      <dl className="flex flex-col gap-1">
        {facts.map(([name, value]) => (
          <div key={name} className="flex justify-between gap-3">
            <dt className="text-muted">{name}</dt>
            <dd className="text-end wrap-anywhere">{value}</dd>
          </div>
        ))}
      </dl>
      {check.data?.ok && (
        <p role="status" className="text-good">
          {t('remote.checked', { millis: format.number(check.data.millis), answer: check.data.answer })}
        </p>
      )}
      {check.data?.problem && (
        <div role="status">
          <ProblemNotice problem={new Problem(check.data.problem, 503, null)} />
          <p className="mt-1 text-muted">{check.data.problem.detail}</p>
        </div>
      )}
      {check.error && <ProblemNotice problem={Problem.from(check.error)} />}
      <div className="flex flex-wrap gap-2">
        <Button
          size="small"
          busy={check.isPending}
          aria-label={t('remote.checkNamed', { name: remote.name })}
          onClick={() => check.mutate()}
        >
          {t('remote.check')}
        </Button>
        {!active && (
          <Button size="small" aria-label={t('model.activateNamed', { name: remote.name })} onClick={onActivate}>
            {t('model.activate')}
          </Button>
        )}
      </div>
    </li>
  );
}
