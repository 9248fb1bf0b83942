import type { IncomingModel } from '@/shared/api/types';
import type { ModelFacts } from './model-uploads';

export const noFacts: ModelFacts = { name: '', licence: '', sha256: '' };

/** An upload that waits for its file. */
export const isUnsent = ({ kind, state }: IncomingModel) => kind === 'UPLOAD' && state === 'RECEIVING';

/** Whether the file is, as far as can be seen, the one that was begun with. */
export const isPartOf = (incoming: IncomingModel, file: File) =>
  isUnsent(incoming) && incoming.fileName === file.name && incoming.totalBytes === file.size;
