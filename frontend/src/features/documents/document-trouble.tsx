import { useTranslation } from 'react-i18next';
import { Problem } from '@/shared/api/problem';
import type { Document } from '@/shared/api/types';
import { Button } from '@/shared/ui/button/button';
import { Notice } from '@/shared/ui/notice/notice';
import { ProblemNotice } from '@/shared/ui/notice/problem-notice';
import { useRetryDocument } from './document-queries';

/** Why a document failed or is incomplete, and the next step. */
export function DocumentTrouble({ document }: { document: Document }) {
  const { t } = useTranslation();
  const retry = useRetryDocument();
  if (document.state === 'FAILED' && document.problem) {
    return (
      <Notice tone="bad" role="alert" title={document.problem.title}>
        {document.problem.detail && <p>{document.problem.detail}</p>}
        <p>{t('document.failedNext')}</p>
        <div className="mt-1">
          <Button size="small" busy={retry.isPending} onClick={() => retry.mutate(document.id)}>
            {t('common.tryAgain')}
          </Button>
        </div>
        {retry.error && <ProblemNotice problem={Problem.from(retry.error)} />}
      </Notice>
    );
  }
  if (document.warning) {
    return (
      <Notice tone="warn" title={document.warning.title}>
        {document.warning.detail && <p>{document.warning.detail}</p>}
      </Notice>
    );
  }
  return null;
}
