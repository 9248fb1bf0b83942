import { RotateCcw, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { pathOf } from '@/shared/api/file-path';
import { useFormat } from '@/shared/format/use-format';
import { useProblemText } from '@/shared/problems/use-problem-text';
import { IconButton } from '@/shared/ui/button/icon-button';
import { Progress } from '@/shared/ui/progress/progress';
import { isSettled, type Upload } from './upload-queue';
import { uploadShare } from './upload-share';
import { useRetryDocument } from './document-queries';
import { useStageLabel } from './use-stage-label';

interface UploadRowProps {
  upload: Upload;
  onCancel: () => void;
  onRetry: () => void;
}

export function UploadRow({ upload, onCancel, onRetry }: UploadRowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const stageLabel = useStageLabel();
  const retryDocument = useRetryDocument();
  const problemText = useProblemText();
  const { file, phase, document, duplicateOf, sentBytes, bytesPerSecond, problem } = upload;
  const status = () => {
    switch (phase) {
      case 'WAITING':
        return t('upload.waiting');
      case 'SENDING':
        return bytesPerSecond
          ? t('upload.sendingAt', {
              size: format.bytes(file.size),
              speed: format.bytes(bytesPerSecond),
              left: format.seconds((file.size - sentBytes) / bytesPerSecond),
            })
          : t('upload.sending', { size: format.bytes(file.size) });
      case 'PROCESSING':
        return document?.state === 'QUEUED' || !document ? t('document.state.queued') : stageLabel(document.stage);
      case 'DONE':
        return upload.newRevision ? t('upload.newRevision') : t('document.state.indexed');
      case 'DUPLICATE':
        return duplicateOf ? t('upload.duplicateOf', { title: duplicateOf.title }) : t('upload.duplicate');
      case 'FAILED':
        return problem ? problemText(problem).line : t('document.state.failed');
      case 'CANCELLED':
        return t('upload.cancelled');
    }
  };
  const name = pathOf(file);
  // A stored file that failed is tried again on the server; one that never arrived is sent again.
  const retry = () => (document && phase === 'FAILED' ? retryDocument.mutate(document.id) : onRetry());
  const target = document?.id ?? duplicateOf?.id;
  return (
    <li className="flex items-center gap-2 py-2 pr-1 pl-4">
      <div className="flex min-w-0 flex-1 flex-col gap-1 last:pr-3">
        {target ? (
          <Link to={`/documents/${target}`} className="truncate text-sm hover:underline" title={name}>
            {name}
          </Link>
        ) : (
          <span className="truncate text-sm" title={name}>
            {name}
          </span>
        )}
        {!isSettled(upload) && <Progress label={name} value={uploadShare(upload)} />}
        <span className={phase === 'FAILED' ? 'line-clamp-3 text-xs text-bad' : 'truncate text-xs text-muted'}>
          {status()}
        </span>
        {document && duplicateOf && phase !== 'DUPLICATE' && (
          <Link to={`/documents/${duplicateOf.id}`} className="truncate text-xs text-muted hover:underline">
            {t('upload.alsoAs', { title: duplicateOf.title })}
          </Link>
        )}
      </div>
      {(phase === 'WAITING' || phase === 'SENDING') && (
        <IconButton icon={X} size="small" label={t('upload.cancel', { name })} onClick={onCancel} />
      )}
      {(phase === 'FAILED' || phase === 'CANCELLED') && (
        <IconButton icon={RotateCcw} size="small" label={t('upload.retry', { name })} onClick={retry} />
      )}
    </li>
  );
}
