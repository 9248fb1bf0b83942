import { FolderPlus, Globe, Library, Lock, Users } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { Problem } from '@/shared/api/problem';
import type { Collection } from '@/shared/api/types';
import { useCollections, useDocumentCounts } from '@/shared/collections/use-collections';
import { useMe } from '@/shared/session/use-me';
import { Button } from '@/shared/ui/button/button';
import { ProblemNotice } from '@/shared/ui/notice/problem-notice';
import { Skeleton } from '@/shared/ui/skeleton/skeleton';
import { useFormat } from '@/shared/format/use-format';

interface CollectionListProps {
  onNew: () => void;
  onChoose?: () => void;
}

const row =
  'flex items-center gap-3 rounded-md px-3 py-2 hover:bg-sunken aria-[current=page]:bg-accent-soft aria-[current=page]:font-medium';

function ReaderIcon({ readers }: { readers: Collection['readers'] }) {
  const Icon = readers.everyone ? Globe : readers.people + readers.groups > 1 ? Users : Lock;
  return <Icon aria-hidden size={16} className="shrink-0 text-muted" />;
}

export function CollectionList({ onNew, onChoose }: CollectionListProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const me = useMe();
  const { data: collections, error, refetch } = useCollections();
  const { data: counts } = useDocumentCounts();
  const readersText = ({ everyone, people, groups }: Collection['readers']) =>
    everyone
      ? t('collection.readers.everyone')
      : [
          people > 0 && t('collection.readers.people', { count: people }),
          groups > 0 && t('collection.readers.groups', { count: groups }),
        ]
          .filter(Boolean)
          .join(' · ');
  const total = [...(counts?.values() ?? [])].reduce((sum, { documents }) => sum + documents, 0);
  return (
    <nav aria-label={t('collection.title')} className="flex h-full min-h-0 flex-col">
      {me.mayCreateCollections && (
        <div className="p-3">
          <Button size="small" className="h-9 w-full" onClick={onNew}>
            <FolderPlus aria-hidden size={15} />
            {t('collection.new')}
          </Button>
        </div>
      )}
      <div className="min-h-0 flex-1 overflow-y-auto px-2 pb-4">
        {error && <ProblemNotice problem={Problem.from(error)} onRetry={() => void refetch()} />}
        {!collections && !error && <Skeleton rows={5} className="p-1" />}
        <ul>
          {collections && collections.length > 0 && (
            <li>
              <NavLink to="/documents" end onClick={onChoose} className={row}>
                <Library aria-hidden size={16} className="shrink-0 text-muted" />
                <span className="min-w-0 flex-1 truncate">{t('document.all')}</span>
                {counts && <span className="text-xs text-muted">{format.number(total)}</span>}
              </NavLink>
            </li>
          )}
          {collections?.map(({ id, name, readers }) => {
            const count = counts?.get(id);
            return (
              <li key={id}>
                <NavLink to={`/documents/collections/${id}`} onClick={onChoose} className={row}>
                  <ReaderIcon readers={readers} />
                  <span className="min-w-0 flex-1">
                    <span className="block truncate">{name}</span>
                    <span className="block truncate text-xs font-normal text-muted">{readersText(readers)}</span>
                  </span>
                  {count && (
                    <span
                      className="shrink-0 text-xs font-normal text-muted"
                      title={t('collection.documents', { count: count.documents })}
                    >
                      {format.number(count.documents)}
                    </span>
                  )}
                </NavLink>
              </li>
            );
          })}
        </ul>
      </div>
    </nav>
  );
}
