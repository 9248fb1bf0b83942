import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '@/shared/api/problem';
import type { Assistant } from '@/shared/api/types';
import { useFormat } from '@/shared/format/use-format';
import { Badge } from '@/shared/ui/badge/badge';
import { Button } from '@/shared/ui/button/button';
import { ProblemNotice } from '@/shared/ui/notice/problem-notice';
import { Skeleton } from '@/shared/ui/skeleton/skeleton';
import { useAssistantVersions } from './assistant-queries';
import { AssistantVersionDetails } from './assistant-version-details';

interface AssistantVersionsProps {
  assistant: Assistant;
  /** Whether the form holds changes that restoring would lose. */
  unsaved: boolean;
  onRestored: (assistant: Assistant) => void;
}

/** What the assistant was, newest first; an opened version is compared with the current one. */
export function AssistantVersions({ assistant, unsaved, onRestored }: AssistantVersionsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [opened, setOpened] = useState<number | null>(null);
  const query = useAssistantVersions(assistant.id, assistant.version);
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = query;
  const versions = data?.pages.flatMap((page) => page.items);
  return (
    <div className="flex flex-col gap-2">
      {error && <ProblemNotice problem={Problem.from(error)} onRetry={() => void refetch()} />}
      {!versions && !error && <Skeleton rows={3} />}
      <ol className="divide-y divide-line">
        {versions?.map(({ assistant: old, changedBy }) => {
          const current = old.version === assistant.version;
          const open = opened === old.version;
          const date = format.dateTime(old.updatedAt);
          const head = (
            <>
              <span className="flex items-center gap-2 text-sm font-medium">
                {t('assistant.versionNumber', { version: old.version })}
                {current && <Badge tone="good">{t('document.current')}</Badge>}
              </span>
              <span className="block text-sm text-muted">
                {changedBy
                  ? t('assistant.changedBy', { name: changedBy.name, date })
                  : t('assistant.changedAt', { date })}
              </span>
            </>
          );
          return (
            <li key={old.version} className="py-1">
              {current ? (
                <div className="px-2 py-1">{head}</div>
              ) : (
                <button
                  type="button"
                  aria-expanded={open}
                  onClick={() => setOpened(open ? null : old.version)}
                  className="w-full rounded-md px-2 py-1 text-start hover:bg-sunken"
                >
                  {head}
                </button>
              )}
              {open && (
                <AssistantVersionDetails old={old} current={assistant} unsaved={unsaved} onRestored={onRestored} />
              )}
            </li>
          );
        })}
      </ol>
      {hasNextPage && (
        <Button size="small" className="self-center" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('common.more')}
        </Button>
      )}
    </div>
  );
}
