import { Paperclip } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useAttach } from '@/shared/attach/attach-context';
import { IconButton } from '@/shared/ui/button/icon-button';
import { FilePicker } from '@/shared/ui/field/file-picker';

/** Adds files to a collection without leaving the conversation. */
export function AttachButton() {
  const { t } = useTranslation();
  const attach = useAttach();
  if (!attach) return null;
  return (
    <FilePicker onFiles={attach.add}>
      <IconButton icon={Paperclip} label={t('chat.attach')} size="small" />
    </FilePicker>
  );
}
