import { Slot } from 'radix-ui';
import { useRef, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';

interface FilePickerProps {
  onFiles: (files: File[]) => void;
  /** The button that opens the browser's own dialog. */
  children: ReactElement;
}

export function FilePicker({ onFiles, children }: FilePickerProps) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
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
          event.target.value = ''; // so that the same file can be chosen again
          if (files.length > 0) onFiles(files);
        }}
      />
      <Slot.Root onClick={() => input.current?.click()}>{children}</Slot.Root>
    </>
  );
}
