import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Pause, Play, RotateCcw, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { json } from '@/shared/api/client';
import { keys } from '@/shared/api/keys';
import { Problem } from '@/shared/api/problem';
import type { IncomingModel } from '@/shared/api/types';
import { Badge } from '@/shared/ui/badge/badge';
import { Button } from '@/shared/ui/button/button';
import { IconButton } from '@/shared/ui/button/icon-button';
import { ConfirmDialog } from '@/shared/ui/dialog/confirm-dialog';
import { FilePicker } from '@/shared/ui/field/file-picker';
import { ProblemNotice } from '@/shared/ui/notice/problem-notice';
import { Progress } from '@/shared/ui/progress/progress';
import { IncomingStatus } from './incoming-status';
import { isPartOf, isUnsent, noFacts } from './incoming-upload';
import type { ModelUpload } from './model-uploads';
import { useModelUploads } from './model-uploads-context';

interface IncomingRowProps {
  incoming: IncomingModel;
  /** That of this browser, if it is one. */
  upload: ModelUpload | null;
}

/** A model on its way: how far it is, and what can be done about it. */
export function IncomingRow({ incoming, upload }: IncomingRowProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const uploads = useModelUploads();
  const [discarding, setDiscarding] = useState(false);
  const [isOther, setOther] = useState(false);
  const refresh = () => void client.invalidateQueries({ queryKey: keys.incoming });
  const retry = useMutation({
    mutationFn: () => json(`/models/incoming/${incoming.id}/retry`, { method: 'POST' }),
    onSuccess: refresh,
  });
  const discard = useMutation({
    mutationFn: () => json(`/models/incoming/${incoming.id}`, { method: 'DELETE' }),
    onSuccess: () => {
      if (upload) uploads.forget(upload.key);
      setDiscarding(false);
      refresh();
    },
  });
  const { fileName: name, state, totalBytes } = incoming;
  const isMoving = state === 'RECEIVING' || state === 'CHECKING';
  const received =
    upload && state === 'RECEIVING' ? Math.max(upload.sentBytes, incoming.receivedBytes) : incoming.receivedBytes;
  const goOn = ([file]: File[]) => {
    if (!file) return;
    const fits = isPartOf(incoming, file);
    setOther(!fits);
    if (fits) uploads.add(file, noFacts, incoming.id);
  };
  const throwAway = () => (state === 'DONE' ? discard.mutate() : setDiscarding(true));
  return (
    <li className="flex flex-col gap-2 px-4 py-3">
      <div className="flex items-start gap-2">
        <div className="flex min-w-0 flex-1 flex-col gap-1">
          <p className="flex flex-wrap items-center gap-2 text-sm font-medium wrap-anywhere">
            {incoming.name ?? name}
            {state === 'DONE' && <Badge tone="good">{t('incoming.added')}</Badge>}
            {state === 'FAILED' && <Badge tone="bad">{t('incoming.failed')}</Badge>}
          </p>
          {incoming.source && <p className="text-xs text-muted wrap-anywhere">{incoming.source}</p>}
          {isMoving && totalBytes && <Progress label={name} value={received / totalBytes} />}
          <IncomingStatus incoming={incoming} upload={upload} received={received} />
        </div>
        {upload?.phase === 'SENDING' && state === 'RECEIVING' && (
          <IconButton icon={Pause} label={t('incoming.pause', { name })} onClick={() => uploads.pause(upload.key)} />
        )}
        {upload?.phase === 'PAUSED' && state === 'RECEIVING' && (
          <IconButton icon={Play} label={t('incoming.resume', { name })} onClick={() => uploads.resume(upload.key)} />
        )}
        {state === 'FAILED' && incoming.kind === 'FETCH' && (
          <IconButton icon={RotateCcw} label={t('upload.retry', { name })} onClick={() => retry.mutate()} />
        )}
        <IconButton
          icon={X}
          label={state === 'DONE' ? t('incoming.dismiss', { name }) : t('incoming.discardNamed', { name })}
          onClick={throwAway}
        />
      </div>
      {isUnsent(incoming) && !upload && (
        <FilePicker label={t('incoming.choose')} single accept=".gguf" onFiles={goOn}>
          <Button size="small" className="self-start">
            {t('incoming.goOn')}
          </Button>
        </FilePicker>
      )}
      {isOther && (
        <p role="alert" className="text-sm text-bad">
          {t('incoming.other', { name })}
        </p>
      )}
      {retry.error && <ProblemNotice problem={Problem.from(retry.error)} />}
      <ConfirmDialog
        title={t('incoming.discardTitle', { name })}
        action={t('incoming.discard')}
        open={discarding}
        busy={discard.isPending}
        problem={discard.error && Problem.from(discard.error)}
        onConfirm={() => discard.mutate()}
        onClose={() => setDiscarding(false)}
      >
        <p>{t('incoming.discardText')}</p>
      </ConfirmDialog>
    </li>
  );
}
