import { History } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Problem } from '@/shared/api/problem';
import type { Assistant } from '@/shared/api/types';
import { Button } from '@/shared/ui/button/button';
import { ProblemNotice } from '@/shared/ui/notice/problem-notice';
import { useRestoreAssistant } from './assistant-queries';
import { useDifferences } from './use-differences';
import { WordDiff } from './word-diff';

interface AssistantVersionDetailsProps {
  old: Assistant;
  current: Assistant;
  unsaved: boolean;
  onRestored: (assistant: Assistant) => void;
}

/** What an earlier version had otherwise, and the way back to it. */
export function AssistantVersionDetails({ old, current, unsaved, onRestored }: AssistantVersionDetailsProps) {
  const { t } = useTranslation();
  const differences = useDifferences(old, current);
  const restore = useRestoreAssistant(current.id, onRestored);
  const { version } = old;
  return (
    <div className="flex flex-col gap-3 px-2 pt-1 pb-3 text-sm">
      {differences.length === 0 ? (
        <p className="text-muted">{t('assistant.noDifference')}</p>
      ) : (
        <>
          <p className="text-muted">{t('assistant.differences', { version })}</p>
          <dl className="flex flex-col gap-3">
            {differences.map(({ label, before, after }) => (
              <div key={label}>
                <dt className="font-medium">{label}</dt>
                <dd className="wrap-anywhere whitespace-pre-wrap">
                  <WordDiff before={before} after={after} />
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
      {restore.error && <ProblemNotice problem={Problem.from(restore.error)} />}
      {unsaved && <p className="text-warn">{t('assistant.unsavedLost')}</p>}
      <Button size="small" className="self-start" busy={restore.isPending} onClick={() => restore.mutate(version)}>
        <History aria-hidden size={15} />
        {t('assistant.restore')}
      </Button>
    </div>
  );
}
