import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { json } from '@/shared/api/client';
import { keys } from '@/shared/api/keys';
import { Problem } from '@/shared/api/problem';
import type { Models } from '@/shared/api/types';
import { useFormat } from '@/shared/format/use-format';
import { Badge } from '@/shared/ui/badge/badge';
import { Button } from '@/shared/ui/button/button';
import { ConfirmDialog } from '@/shared/ui/dialog/confirm-dialog';
import { ProblemNotice } from '@/shared/ui/notice/problem-notice';
import { Card } from '@/shared/ui/page/card';

interface ActiveGeneratorProps {
  generator: Models['generator'];
}

/** What writes the answers now, and the model that is on its way or could not be loaded. */
export function ActiveGenerator({ generator }: ActiveGeneratorProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [deactivating, setDeactivating] = useState(false);
  const stop = useDeactivation();
  const writes = generator.mode === 'MODEL';
  const wanted = generator.wanted;
  const { host } = generator;
  const modelText = host ? t('remote.activeText', { host }) : t('model.modelText');
  const writerText = writes ? modelText : t('model.quoteText');
  const rate = (perSecond: number) =>
    format.number(perSecond < 10 ? Math.round(perSecond * 10) / 10 : Math.round(perSecond));
  return (
    <Card title={t('model.generator')}>
      <div className="flex flex-col gap-2">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          {writes ? generator.name : t('model.quoteMode')}
          {writes && <Badge tone="good">{t('model.active')}</Badge>}
          {generator.host && <Badge tone="warn">{t('remote.leaves')}</Badge>}
        </p>
        <p className="text-sm text-muted">{writerText}</p>
        {writes && !generator.host && (
          <p className="text-sm text-muted">
            {t('model.speed', {
              tokens: format.number(generator.contextTokens),
              reads: rate(generator.promptTokensPerSecond),
              writes: rate(generator.generatedTokensPerSecond),
            })}
          </p>
        )}
        {writes && !generator.chatTemplate && <p className="text-sm text-warn">{t('model.noChatTemplate')}</p>}
        {wanted && !wanted.problem && (
          <p role="status" className="text-sm">
            <Badge tone="accent">{t('model.loading', { name: wanted.name })}</Badge>
          </p>
        )}
        {wanted?.problem && (
          <>
            <p className="text-sm">{t('model.failed', { name: wanted.name })}</p>
            <ProblemNotice problem={new Problem(wanted.problem, 503, null)} />
          </>
        )}
        {stop.error && <ProblemNotice problem={Problem.from(stop.error)} />}
        {(writes || wanted) && (
          <div>
            {!writes && wanted && !wanted.problem ? (
              <Button size="small" disabled={stop.isPending} onClick={() => stop.mutate()}>
                {t('model.stopLoading')}
              </Button>
            ) : (
              <Button size="small" onClick={() => setDeactivating(true)}>
                {t('model.deactivate')}
              </Button>
            )}
          </div>
        )}
      </div>
      {deactivating && <DeactivateDialog onClose={() => setDeactivating(false)} />}
    </Card>
  );
}

function useDeactivation(onDone?: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => json('/models/active', { method: 'DELETE' }),
    onSuccess: () => {
      onDone?.();
      void client.invalidateQueries({ queryKey: keys.models });
    },
  });
}

function DeactivateDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const deactivate = useDeactivation(onClose);
  return (
    <ConfirmDialog
      title={t('model.deactivateTitle')}
      action={t('model.deactivate')}
      open
      busy={deactivate.isPending}
      problem={deactivate.error && Problem.from(deactivate.error)}
      onConfirm={() => deactivate.mutate()}
      onClose={onClose}
    >
      <p>{t('model.deactivateText')}</p>
    </ConfirmDialog>
  );
}
