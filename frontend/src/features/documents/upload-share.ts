import type { DocumentStage } from '@/shared/api/types';
import type { Upload } from './upload-queue';

const stageStart: Record<DocumentStage, number> = {
  STORED: 0.4,
  EXTRACTING: 0.45,
  CHUNKING: 0.65,
  EMBEDDING: 0.7,
  INDEXED: 1,
};
const stageEnd: Record<DocumentStage, number> = {
  STORED: 0.45,
  EXTRACTING: 0.65,
  CHUNKING: 0.7,
  EMBEDDING: 1,
  INDEXED: 1,
};

/** How far an upload is, 0 to 1: sending is the first 40 %, the server's stages the rest. */
export function uploadShare({ phase, sentBytes, file, document }: Upload): number {
  switch (phase) {
    case 'WAITING':
      return 0;
    case 'SENDING':
      return file.size > 0 ? (0.4 * sentBytes) / file.size : 0;
    case 'PROCESSING': {
      if (!document) return 0.4;
      const start = stageStart[document.stage];
      return start + (stageEnd[document.stage] - start) * document.progress;
    }
    default:
      return 1;
  }
}
