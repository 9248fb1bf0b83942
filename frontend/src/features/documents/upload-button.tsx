import { Upload } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/shared/ui/button/button';
import { FilePicker } from '@/shared/ui/field/file-picker';

interface UploadButtonProps {
  onFiles: (files: File[]) => void;
}

export function UploadButton({ onFiles }: UploadButtonProps) {
  const { t } = useTranslation();
  return (
    <FilePicker onFiles={onFiles}>
      <Button kind="primary" size="small" className="h-9">
        <Upload aria-hidden size={15} />
        {t('upload.action')}
      </Button>
    </FilePicker>
  );
}
