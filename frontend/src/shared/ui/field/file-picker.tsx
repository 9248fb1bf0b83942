import { Slot } from 'radix-ui';
import { useRef, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';

interface FilePickerProps {
  onFiles: (files: File[]) => void;
  /** What is to be chosen; files to upload if not given. */
  label?: string;
  /** One file only. */
  single?: boolean;
  /** Endings of file names that the browser offers first. */
  accept?: string;
  /** The button that opens the browser's own dialog. */
  children: ReactElement;
}

export function FilePicker({ onFiles, label, single, accept, children }: FilePickerProps) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple={!single}
        accept={accept}
        aria-label={label ?? t('upload.choose')}
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
