import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Activity } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { json } from '@/shared/api/client';
import { keys } from '@/shared/api/keys';
import { Problem } from '@/shared/api/problem';
import type { About, AuditEntry, Page as ListPage } from '@/shared/api/types';
import { Button } from '@/shared/ui/button/button';
import { Empty } from '@/shared/ui/empty/empty';
import { ProblemNotice } from '@/shared/ui/notice/problem-notice';
import { Page } from '@/shared/ui/page/page';
import { Skeleton } from '@/shared/ui/skeleton/skeleton';
import { AuditTable } from './audit-table';
import { GeneratorCard } from './generator-card';

export function OperationsPage() {
  const { t } = useTranslation();
  const about = useQuery({ queryKey: keys.about, queryFn: () => json<About>('/about') });
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: keys.audit,
    queryFn: ({ pageParam }) => json<ListPage<AuditEntry>>('/audit', { query: { cursor: pageParam } }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
  const entries = data?.pages.flatMap((page) => page.items);
  return (
    <Page
      title={t('nav.operations')}
      text={about.data && t('operations.version', { version: about.data.version })}
      wide
    >
      <GeneratorCard />
      <div className="flex flex-col gap-3">
        <h2 className="text-lg font-semibold">{t('operations.audit')}</h2>
        {error && <ProblemNotice problem={Problem.from(error)} onRetry={() => void refetch()} />}
        {!entries && !error && <Skeleton rows={8} />}
        {entries?.length === 0 && <Empty icon={Activity} title={t('operations.none')} />}
        {entries && entries.length > 0 && <AuditTable entries={entries} />}
        {hasNextPage && (
          <Button className="self-center" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('common.more')}
          </Button>
        )}
      </div>
    </Page>
  );
}
