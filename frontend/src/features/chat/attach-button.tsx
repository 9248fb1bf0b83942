import { Paperclip } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useAttach } from '@/shared/attach/attach-context';
import { IconButton } from '@/shared/ui/button/icon-button';

/** Adds files to a collection without leaving the conversation. */
export function AttachButton() {
  const { t } = useTranslation();
  const attach = useAttach();
  const input = useRef<HTMLInputElement>(null);
  if (!attach) return null;
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        aria-label={t('upload.choose')}
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = '';
          if (files.length > 0) attach(files);
        }}
      />
      <IconButton icon={Paperclip} label={t('chat.attach')} size="small" onClick={() => input.current?.click()} />
    </>
  );
}
