import { Download, Upload } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IncomingModel } from '@/shared/api/types';
import { Button } from '@/shared/ui/button/button';
import { FilePicker } from '@/shared/ui/field/file-picker';
import { FetchDialog } from './fetch-dialog';
import { isPartOf, noFacts } from './incoming-upload';
import { useModelUploads } from './model-uploads-context';
import { UploadModelDialog } from './upload-model-dialog';

interface AddModelProps {
  /** Of these one may be an upload that broke off: the same file goes on with it. */
  unsent: IncomingModel[];
}

/** The two ways to a new model in this page. */
export function AddModel({ unsent }: AddModelProps) {
  const { t } = useTranslation();
  const uploads = useModelUploads();
  const [fetching, setFetching] = useState(false);
  const [file, setFile] = useState<File | null>(null);
  const pick = ([picked]: File[]) => {
    if (!picked) return;
    const begun = unsent.find((incoming) => isPartOf(incoming, picked));
    if (begun) uploads.add(picked, noFacts, begun.id);
    else setFile(picked);
  };
  return (
    <div className="flex flex-wrap gap-2">
      <Button size="small" onClick={() => setFetching(true)}>
        <Download aria-hidden size={15} />
        {t('incoming.fetch')}
      </Button>
      <FilePicker label={t('incoming.choose')} single accept=".gguf" onFiles={pick}>
        <Button size="small">
          <Upload aria-hidden size={15} />
          {t('incoming.upload')}
        </Button>
      </FilePicker>
      {fetching && <FetchDialog onClose={() => setFetching(false)} />}
      {file && <UploadModelDialog file={file} onClose={() => setFile(null)} />}
    </div>
  );
}
