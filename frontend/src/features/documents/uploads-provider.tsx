import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { keys } from '@/shared/api/keys';
import { uploadFile } from '@/shared/api/upload';
import { UploadQueue } from './upload-queue';
import { UploadsContext } from './uploads-context';

export function UploadsProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [queue] = useState(
    () =>
      new UploadQueue(uploadFile, () => {
        void client.invalidateQueries({ queryKey: keys.documents });
        void client.invalidateQueries({ queryKey: keys.counts });
      }),
  );
  return <UploadsContext value={queue}>{children}</UploadsContext>;
}
