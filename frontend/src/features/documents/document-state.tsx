import { CircleAlert, CircleCheck, Clock, LoaderCircle, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Document } from '@/shared/api/types';
import { Badge } from '@/shared/ui/badge/badge';
import { Progress } from '@/shared/ui/progress/progress';
import { useStageLabel } from './use-stage-label';

/** Where a document stands: one word, and how far while it is being worked on. */
export function DocumentState({ document }: { document: Document }) {
  const { t } = useTranslation();
  const stageLabel = useStageLabel();
  switch (document.state) {
    case 'INDEXED':
      return document.warning ? (
        <Badge tone="warn" icon={TriangleAlert}>
          {t('document.state.warning')}
        </Badge>
      ) : (
        <Badge tone="good" icon={CircleCheck}>
          {t('document.state.indexed')}
        </Badge>
      );
    case 'FAILED':
      return (
        <Badge tone="bad" icon={CircleAlert}>
          {t('document.state.failed')}
        </Badge>
      );
    case 'QUEUED':
      return <Badge icon={Clock}>{t('document.state.queued')}</Badge>;
    case 'PROCESSING': {
      const label = stageLabel(document.stage);
      return (
        <span className="flex w-32 flex-col gap-1">
          <Badge tone="accent" icon={LoaderCircle}>
            {label}
          </Badge>
          <Progress label={label} value={document.progress} />
        </span>
      );
    }
  }
}
