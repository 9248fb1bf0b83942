import { useTranslation } from 'react-i18next';
import type { DocumentStage } from '@/shared/api/types';

export function useStageLabel(): (stage: DocumentStage) => string {
  const { t } = useTranslation();
  return (stage) => {
    switch (stage) {
      case 'STORED':
        return t('document.stage.stored');
      case 'EXTRACTING':
        return t('document.stage.extracting');
      case 'CHUNKING':
        return t('document.stage.chunking');
      case 'EMBEDDING':
        return t('document.stage.embedding');
      case 'INDEXED':
        return t('document.stage.indexed');
    }
  };
}
