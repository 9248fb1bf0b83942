import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Boxes } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { json } from '@/shared/api/client';
import { keys } from '@/shared/api/keys';
import { Problem } from '@/shared/api/problem';
import type { Page, RegisteredModel } from '@/shared/api/types';
import { useFormat } from '@/shared/format/use-format';
import { ConfirmDialog } from '@/shared/ui/dialog/confirm-dialog';
import { Empty } from '@/shared/ui/empty/empty';
import { ProblemNotice } from '@/shared/ui/notice/problem-notice';
import { Card } from '@/shared/ui/page/card';
import { Skeleton } from '@/shared/ui/skeleton/skeleton';
import { ActivateDialog } from './activate-dialog';
import { GeneratorCard } from './generator-card';
import { IncomingModels } from './incoming-models';

interface RegisteredModelsProps {
  activeId: string | null;
  wantedId: string | null;
  /** The wanted one is on its way into memory; otherwise it could not be loaded. */
  loading: boolean;
}

/** The text-generating models that were added; administrators activate and remove them here. */
export function RegisteredModels({ activeId, wantedId, loading }: RegisteredModelsProps) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery({
    queryKey: keys.registry,
    queryFn: () => json<Page<RegisteredModel>>('/models/registry'),
  });
  const [removing, setRemoving] = useState<RegisteredModel | null>(null);
  const [activating, setActivating] = useState<RegisteredModel | null>(null);
  return (
    <Card title={t('model.generators')} text={t('model.generatorsText')}>
      <div className="flex flex-col gap-3">
        {error && <ProblemNotice problem={Problem.from(error)} onRetry={() => void refetch()} />}
        {!data && !error && <Skeleton rows={3} />}
        {data?.items.length === 0 && (
          <Empty icon={Boxes} title={t('model.noGenerators')} text={t('model.noGeneratorsText')} />
        )}
        {data && data.items.length > 0 && (
          <ul className="grid grid-cols-1 gap-3 md:grid-cols-2">
            {data.items.map((model) => (
              <GeneratorCard
                key={model.id}
                model={model}
                active={model.id === activeId}
                wanted={model.id === wantedId}
                loading={loading && model.id === wantedId}
                onActivate={() => setActivating(model)}
                onRemove={() => setRemoving(model)}
              />
            ))}
          </ul>
        )}
        <IncomingModels />
      </div>
      {activating && <ActivateDialog model={activating} onClose={() => setActivating(null)} />}
      {removing && <RemoveModelDialog model={removing} onClose={() => setRemoving(null)} />}
    </Card>
  );
}

interface RemoveModelDialogProps {
  model: RegisteredModel;
  onClose: () => void;
}

function RemoveModelDialog({ model, onClose }: RemoveModelDialogProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: () => json(`/models/registry/${model.id}`, { method: 'DELETE' }),
    onSuccess: () => {
      onClose();
      void client.invalidateQueries({ queryKey: keys.registry });
    },
  });
  return (
    <ConfirmDialog
      title={t('model.removeTitle', { name: model.name })}
      action={t('common.delete')}
      open
      busy={remove.isPending}
      problem={remove.error && Problem.from(remove.error)}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    >
      <p>{t('model.removeText', { size: format.bytes(model.bytes) })}</p>
    </ConfirmDialog>
  );
}
