import { useTranslation } from 'react-i18next';
import type { Problem } from '@/shared/api/problem';
import { ProblemWords } from '@/shared/problems/problem-words';
import { useProblemText } from '@/shared/problems/use-problem-text';
import { Button } from '../button/button';
import { CopyButton } from '../button/copy-button';
import { Notice } from './notice';

interface ProblemNoticeProps {
  problem: Problem;
  onRetry?: () => void;
}

/** The problem's title, what to do about it, and the id an administrator finds in the log. */
export function ProblemNotice({ problem, onRetry }: ProblemNoticeProps) {
  const { t } = useTranslation();
  const text = useProblemText()(problem);
  return (
    <Notice tone="bad" role="alert" title={text.title}>
      <ProblemWords text={text} />
      {(onRetry || problem.requestId) && (
        <div className="mt-1 flex flex-wrap items-center gap-2">
          {onRetry && problem.status !== 404 && (
            <Button size="small" onClick={onRetry}>
              {t('common.tryAgain')}
            </Button>
          )}
          {problem.requestId && (
            <span className="inline-flex min-w-0 items-center gap-1 text-xs text-muted">
              <span className="truncate">{t('problem.requestId', { id: problem.requestId })}</span>
              <CopyButton text={problem.requestId} label={t('problem.copyRequestId')} />
            </span>
          )}
        </div>
      )}
    </Notice>
  );
}
