import { useTranslation } from 'react-i18next';
import type { Models } from '@/shared/api/types';
import { useFormat } from '@/shared/format/use-format';
import { Badge } from '@/shared/ui/badge/badge';
import { Card } from '@/shared/ui/page/card';

interface BackendCardProps {
  backend: Models['backend'];
}

/** What computes models: the processor or a device, and why not another. */
export function BackendCard({ backend }: BackendCardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { available, reason } = backend;
  return (
    <Card title={t('model.backend')} text={t('model.backendText')}>
      <p className="flex flex-wrap items-center gap-2 font-medium">
        {backend.name}
        <Badge tone={available ? 'good' : 'warn'}>{available ? t('model.available') : t('model.unavailable')}</Badge>
      </p>
      {backend.memoryBytes > 0 && (
        <p className="text-sm text-muted">
          {t('model.deviceMemory', {
            size: format.bytes(backend.memoryBytes),
            budget: format.bytes(backend.budgetBytes),
          })}
        </p>
      )}
      <p className="text-sm text-muted">
        {t('model.processors', { count: backend.processors, architecture: backend.architecture })}
      </p>
      <p className="text-sm text-muted">{backend.vectorApi ? t('model.vectorApi') : t('model.noVectorApi')}</p>
      {reason && available && <p className="text-sm wrap-anywhere text-muted">{t('model.noGpu', { reason })}</p>}
      {reason && !available && <p className="text-sm wrap-anywhere text-warn">{t('model.noDevice', { reason })}</p>}
    </Card>
  );
}
