import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Problem } from '@/shared/api/problem';
import type { Document } from '@/shared/api/types';
import { useFormat } from '@/shared/format/use-format';
import { Button } from '@/shared/ui/button/button';
import { ProblemNotice } from '@/shared/ui/notice/problem-notice';
import { Skeleton } from '@/shared/ui/skeleton/skeleton';
import { useDocumentPassages } from './document-queries';

/** The pieces the document is searched by; each opens at its place. */
export function PassageList({ document }: { document: Document }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useDocumentPassages(document.id);
  if (error) return <ProblemNotice problem={Problem.from(error)} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={5} />;
  const passages = data.pages.flatMap((page) => page.items);
  if (passages.length === 0) return <p className="text-sm text-muted">{t('document.noPassages')}</p>;
  return (
    <div className="flex flex-col gap-3">
      <p className="text-sm text-muted">{t('document.passagesText')}</p>
      <ol className="flex flex-col gap-2">
        {passages.map(({ ordinal, start, end, heading, page, text }, index) => (
          <li key={ordinal}>
            <Link
              to={`?version=${document.textVersionId}&from=${start}&to=${end}`}
              className="block rounded-md border border-line px-3 py-2 text-sm hover:border-accent"
            >
              <span className="block truncate text-xs text-muted">
                {[format.number(index + 1), page !== null && t('source.page', { page }), heading]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
              <span className="line-clamp-3">{text}</span>
            </Link>
          </li>
        ))}
      </ol>
      {hasNextPage && (
        <Button size="small" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('common.more')}
        </Button>
      )}
    </div>
  );
}
