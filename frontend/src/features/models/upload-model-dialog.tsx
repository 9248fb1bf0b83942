import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/shared/format/use-format';
import { Button } from '@/shared/ui/button/button';
import { Dialog } from '@/shared/ui/dialog/dialog';
import { ModelFactsFields } from './model-facts-fields';
import { useModelUploads } from './model-uploads-context';

interface UploadModelDialogProps {
  file: File;
  onClose: () => void;
}

/** What to say of a file before it is sent. */
export function UploadModelDialog({ file, onClose }: UploadModelDialogProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const uploads = useModelUploads();
  const [facts, setFacts] = useState({ name: '', licence: '', sha256: '' });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    uploads.add(file, { name: facts.name.trim(), licence: facts.licence.trim(), sha256: facts.sha256.trim() });
    onClose();
  };
  return (
    <Dialog
      title={t('incoming.uploadTitle', { name: file.name })}
      description={t('incoming.uploadText', { size: format.bytes(file.size) })}
      open
      onClose={onClose}
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        <ModelFactsFields facts={facts} onChange={setFacts} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" kind="primary">
            {t('upload.action')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
