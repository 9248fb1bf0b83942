import { FileDown } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { droppedFiles } from './dropped-files';

interface DropZoneProps {
  /** Where the files go; if that is not known, it is asked afterwards. */
  collectionName?: string | null;
  onFiles: (files: File[]) => void;
}

/** Takes files dropped anywhere on the page, folders with everything in them. */
export function DropZone({ collectionName, onFiles }: DropZoneProps) {
  const { t } = useTranslation();
  const [over, setOver] = useState(false);
  const latest = useRef(onFiles);
  useEffect(() => {
    latest.current = onFiles;
  });
  useEffect(() => {
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const onOver = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const onLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent) => {
      if (!hasFiles(event) || !event.dataTransfer) return;
      event.preventDefault();
      setOver(false);
      void droppedFiles(event.dataTransfer).then((files) => files.length > 0 && latest.current(files));
    };
    window.addEventListener('dragover', onOver);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, []);
  if (!over) return null;
  return (
    <div className="pointer-events-none fixed inset-3 z-40 flex flex-col items-center justify-center gap-3 rounded-md border-2 border-dashed border-accent bg-accent-soft/90 text-accent-strong">
      <FileDown aria-hidden size={32} />
      <p className="text-lg font-semibold">
        {collectionName ? t('upload.dropInto', { name: collectionName }) : t('upload.drop')}
      </p>
    </div>
  );
}
