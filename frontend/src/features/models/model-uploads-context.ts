import { createContext, useContext, useSyncExternalStore } from 'react';
import type { ModelUpload, ModelUploads } from './model-uploads';

export const ModelUploadsContext = createContext<ModelUploads | null>(null);

export function useModelUploads(): ModelUploads {
  const uploads = useContext(ModelUploadsContext);
  if (!uploads) throw new Error('no ModelUploadsProvider above');
  return uploads;
}

export function useModelUploadList(): readonly ModelUpload[] {
  const uploads = useModelUploads();
  return useSyncExternalStore(uploads.subscribe, uploads.snapshot);
}
