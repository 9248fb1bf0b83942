import { useTranslation } from 'react-i18next';
import type { IncomingModel } from '@/shared/api/types';
import { useFormat } from '@/shared/format/use-format';
import { Problem } from '@/shared/api/problem';
import { useProblemText } from '@/shared/problems/use-problem-text';
import { isUnsent } from './incoming-upload';
import type { ModelUpload } from './model-uploads';

interface IncomingStatusProps {
  incoming: IncomingModel;
  upload: ModelUpload | null;
  received: number;
}

/** In one sentence, what happens to a model on its way. */
export function IncomingStatus({ incoming, upload, received }: IncomingStatusProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const problemText = useProblemText();
  const { state, totalBytes, problem } = incoming;
  const failure = problem ? new Problem(problem, 0, null) : upload?.problem;
  const amount = totalBytes
    ? t('incoming.amount', { received: format.bytes(received), total: format.bytes(totalBytes) })
    : format.bytes(received);
  const speed = upload ? upload.bytesPerSecond : incoming.bytesPerSecond;
  const left = totalBytes && speed ? (totalBytes - received) / speed : null;
  const words = () => {
    if (state === 'WAITING') return t('incoming.waiting');
    if (state === 'CHECKING') return t('incoming.checking', { amount });
    if (state === 'DONE') return t('incoming.done');
    if (state === 'FAILED') return '';
    if (upload?.phase === 'PAUSED') return t('incoming.paused', { amount });
    if (isUnsent(incoming) && !upload)
      return t('incoming.broken', { amount, date: format.dateTime(incoming.expiresAt) });
    if (!speed) return amount;
    return left === null
      ? t('incoming.moving', { amount, speed: format.bytes(speed) })
      : t('incoming.movingLeft', { amount, speed: format.bytes(speed), left: format.seconds(left) });
  };
  return (
    <>
      {words() && <p className="text-sm text-muted">{words()}</p>}
      {failure && <p className="text-sm text-bad">{problemText(failure).line}</p>}
    </>
  );
}
