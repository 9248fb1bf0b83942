import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/shared/format/use-format';
import { useProblemText } from '@/shared/problems/use-problem-text';
import { IconButton } from '@/shared/ui/button/icon-button';
import type { ModelUpload } from './model-uploads';
import { useModelUploads } from './model-uploads-context';

/** An upload that the server has not taken, or not yet. */
export function LocalUploadRow({ upload }: { upload: ModelUpload }) {
  const { t } = useTranslation();
  const format = useFormat();
  const uploads = useModelUploads();
  const problemText = useProblemText();
  return (
    <li className="flex items-center gap-2 px-4 py-3">
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <span className="text-sm font-medium wrap-anywhere">{upload.fileName}</span>
        <span className={upload.problem ? 'text-sm text-bad' : 'text-sm text-muted'}>
          {upload.problem
            ? problemText(upload.problem).line
            : t('upload.sending', { size: format.bytes(upload.totalBytes) })}
        </span>
      </div>
      <IconButton
        icon={X}
        label={t('incoming.discardNamed', { name: upload.fileName })}
        onClick={() => uploads.forget(upload.key)}
      />
    </li>
  );
}
