import { useTranslation } from 'react-i18next';
import { Problem } from '@/shared/api/problem';
import type { Document } from '@/shared/api/types';
import { ProblemWords } from '@/shared/problems/problem-words';
import { useProblemText } from '@/shared/problems/use-problem-text';
import { Button } from '@/shared/ui/button/button';
import { Notice } from '@/shared/ui/notice/notice';
import { ProblemNotice } from '@/shared/ui/notice/problem-notice';
import { useRetryDocument } from './document-queries';

/** Why a document failed or is incomplete, and the next step. */
export function DocumentTrouble({ document }: { document: Document }) {
  const { t } = useTranslation();
  const retry = useRetryDocument();
  const problemText = useProblemText();
  if (document.state === 'FAILED' && document.problem) {
    const text = problemText(document.problem);
    return (
      <Notice tone="bad" role="alert" title={text.title}>
        <ProblemWords text={text} />
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
    const text = problemText(document.warning);
    return (
      <Notice tone="warn" title={text.title}>
        <ProblemWords text={text} />
      </Notice>
    );
  }
  return null;
}
