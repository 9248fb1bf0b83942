import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { IconButton } from '@/shared/ui/button/icon-button';
import { Progress } from '@/shared/ui/progress/progress';
import { classNames } from '@/shared/ui/class-names';
import { isSettled } from './upload-queue';
import { UploadRow } from './upload-row';
import { uploadShare } from './upload-share';
import { useUploadQueue, useUploads } from './uploads-context';

/** What is being uploaded, on every page, until it is put away. */
export function UploadDock() {
  const { t } = useTranslation();
  const queue = useUploadQueue();
  const uploads = useUploads();
  const [folded, setFolded] = useState(false);
  const { pathname } = useLocation();
  if (uploads.length === 0) return null;
  const open = uploads.filter((upload) => !isSettled(upload)).length;
  const failed = uploads.filter(({ phase }) => phase === 'FAILED').length;
  const share = uploads.reduce((sum, upload) => sum + uploadShare(upload), 0) / uploads.length;
  const title =
    open > 0
      ? t('upload.uploading', { count: open })
      : failed > 0
        ? t('upload.finishedWithFailures', { count: failed })
        : t('upload.finished', { count: uploads.length });
  return (
    <section
      aria-label={t('upload.title')}
      className={classNames(
        'fixed right-3 z-20 flex w-96 max-w-[calc(100vw-1.5rem)] flex-col overflow-hidden rounded-md border border-line bg-surface shadow-raised md:right-4',
        // in the chat, above the place where one writes
        pathname.startsWith('/chat') ? 'bottom-60 md:bottom-48' : 'bottom-18 md:bottom-4',
      )}
    >
      <header className="flex items-center gap-1 border-b border-line py-1 pr-1 pl-4">
        <p role="status" className="min-w-0 flex-1 truncate text-sm font-medium">
          {title}
        </p>
        <IconButton
          icon={folded ? ChevronUp : ChevronDown}
          size="small"
          label={folded ? t('upload.unfold') : t('upload.fold')}
          onClick={() => setFolded(!folded)}
        />
        <IconButton
          icon={X}
          size="small"
          label={t('upload.clear')}
          disabled={open === uploads.length}
          onClick={() => queue.clearSettled()}
        />
      </header>
      {folded ? (
        <Progress label={title} value={share} />
      ) : (
        <ul className="max-h-72 divide-y divide-line overflow-y-auto">
          {uploads.map((upload) => (
            <UploadRow
              key={upload.key}
              upload={upload}
              onCancel={() => queue.cancel(upload.key)}
              onRetry={() => queue.retry(upload.key)}
            />
          ))}
        </ul>
      )}
    </section>
  );
}
