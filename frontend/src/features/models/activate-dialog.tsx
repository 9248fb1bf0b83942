import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { json } from '@/shared/api/client';
import { keys } from '@/shared/api/keys';
import { Problem } from '@/shared/api/problem';
import type { ModelFit, RegisteredModel } from '@/shared/api/types';
import { useFormat } from '@/shared/format/use-format';
import { Button } from '@/shared/ui/button/button';
import { Dialog } from '@/shared/ui/dialog/dialog';
import { ProblemNotice } from '@/shared/ui/notice/problem-notice';
import { Skeleton } from '@/shared/ui/skeleton/skeleton';
import { ModelSummary } from './model-summary';

interface ActivateDialogProps {
  model: RegisteredModel;
  onClose: () => void;
}

/** Says what the model would take of this machine's memory, and activates it. */
export function ActivateDialog({ model, onClose }: ActivateDialogProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const { data: fit, error } = useQuery({
    queryKey: keys.modelFit(model.id),
    queryFn: () => json<ModelFit>(`/models/registry/${model.id}/fit`),
    gcTime: 0,
  });
  const activate = useMutation({
    mutationFn: () => json('/models/active', { method: 'PUT', body: { modelId: model.id } }),
    onSuccess: () => {
      onClose();
      void client.invalidateQueries({ queryKey: keys.models });
    },
  });
  const verdicts = {
    FITS: t('model.fits'),
    SLOW: t('model.fitsSlowly'),
    TOO_LARGE: t('model.fitsNot'),
  };
  const problem = error ?? activate.error;
  return (
    <Dialog title={t('model.activateTitle', { name: model.name })} open onClose={onClose}>
      <div className="flex flex-col gap-4">
        <p>{t('model.activateText')}</p>
        <ModelSummary model={model} />
        {!fit && !error && <Skeleton rows={2} />}
        {fit && (
          <div className="flex flex-col gap-1 text-sm">
            <p>
              {t(fit.adapterBytes > 0 ? 'model.fitWithAdapters' : 'model.fit', {
                needed: format.bytes(fit.neededBytes),
                available: format.bytes(fit.availableBytes),
                weights: format.bytes(fit.weightBytes),
                adapters: format.bytes(fit.adapterBytes),
                cache: format.bytes(fit.cacheBytes),
              })}
            </p>
            <p className="text-muted">
              {t('model.fitTokens', {
                tokens: format.number(fit.contextTokens),
                all: format.number(fit.cacheTokens),
              })}
            </p>
            {fit.device && (
              <p className={fit.device.fits ? 'text-muted' : 'text-warn'}>
                {t('model.fitDevice', {
                  device: fit.device.name,
                  needed: format.bytes(fit.device.neededBytes),
                  available: format.bytes(fit.device.availableBytes),
                })}{' '}
                {!fit.device.fits && fit.verdict !== 'TOO_LARGE' && t('model.fitDeviceNot')}
              </p>
            )}
            <p className={fit.verdict === 'FITS' ? 'text-good' : 'text-warn'}>{verdicts[fit.verdict]}</p>
          </div>
        )}
        {problem && <ProblemNotice problem={Problem.from(problem)} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button
            kind="primary"
            busy={activate.isPending}
            disabled={!fit || fit.verdict === 'TOO_LARGE'}
            onClick={() => activate.mutate()}
          >
            {t('model.activate')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
