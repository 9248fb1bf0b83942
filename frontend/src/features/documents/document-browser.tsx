import { FileText, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '@/shared/api/problem';
import type { DocumentState } from '@/shared/api/types';
import { useDebounced } from '@/shared/hooks/use-debounced';
import { Button } from '@/shared/ui/button/button';
import { Empty } from '@/shared/ui/empty/empty';
import { ProblemNotice } from '@/shared/ui/notice/problem-notice';
import { Skeleton } from '@/shared/ui/skeleton/skeleton';
import { DeleteDocumentsDialog } from './delete-documents-dialog';
import { DocumentFilterBar } from './document-filter-bar';
import { useDocuments, type SortColumn } from './document-queries';
import { DocumentTable } from './document-table';
import { UploadButton } from './upload-button';
import type { Format } from './use-format-name';
import { useSelection } from './use-selection';

interface DocumentBrowserProps {
  collectionId: string | undefined;
  /** None: the person may not add documents here. */
  onFiles?: (files: File[]) => void;
}

export function DocumentBrowser({ collectionId, onFiles }: DocumentBrowserProps) {
  const { t } = useTranslation();
  const [query, setQuery] = useState('');
  const [format, setFormat] = useState<Format | ''>('');
  const [state, setState] = useState<DocumentState | ''>('');
  const [order, setOrder] = useState<{ sort: SortColumn; direction: 'asc' | 'desc' }>({
    sort: 'updated',
    direction: 'desc',
  });
  const [deleting, setDeleting] = useState(false);
  const filter = { collectionId, query: useDebounced(query.trim()), state, format, ...order };
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useDocuments(filter);
  const documents = data?.pages.flatMap((page) => page.items) ?? [];
  const selection = useSelection(documents.map(({ id }) => id));
  const selected = documents.filter(({ id }) => selection.ids.has(id));
  const filtered = filter.query !== '' || state !== '' || format !== '';
  const sortBy = (sort: SortColumn) =>
    setOrder((old) => ({ sort, direction: old.sort === sort && old.direction === 'asc' ? 'desc' : 'asc' }));
  return (
    <>
      <DocumentFilterBar
        query={query}
        onQuery={setQuery}
        format={format}
        onFormat={setFormat}
        state={state}
        onState={setState}
      />
      {selected.length > 0 && (
        <div className="flex items-center gap-3 border-b border-line bg-accent-soft px-4 py-1.5 text-sm">
          <p role="status" className="flex-1">
            {t('document.selected', { count: selected.length })}
          </p>
          <Button size="small" kind="quiet" onClick={selection.clear}>
            {t('document.clearSelection')}
          </Button>
          <Button size="small" onClick={() => setDeleting(true)}>
            <Trash2 aria-hidden size={15} />
            {t('common.delete')}
          </Button>
        </div>
      )}
      <div className="min-h-0 flex-1 overflow-auto pb-16">
        {error && (
          <div className="p-4">
            <ProblemNotice problem={Problem.from(error)} onRetry={() => void refetch()} />
          </div>
        )}
        {!data && !error && <Skeleton rows={8} className="p-4" />}
        {data && documents.length === 0 && filtered && (
          <Empty icon={FileText} title={t('document.noMatch')} text={t('document.noMatchText')} />
        )}
        {data && documents.length === 0 && !filtered && (
          <Empty
            icon={FileText}
            title={t('document.none')}
            text={onFiles ? t('document.noneText') : t('document.noneReadOnly')}
          >
            {onFiles && <UploadButton onFiles={onFiles} />}
          </Empty>
        )}
        {documents.length > 0 && (
          <DocumentTable documents={documents} filter={filter} onSort={sortBy} selection={selection} />
        )}
        {hasNextPage && (
          <div className="flex justify-center p-4">
            <Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              {t('common.more')}
            </Button>
          </div>
        )}
      </div>
      {deleting && (
        <DeleteDocumentsDialog
          documents={selected}
          onClose={() => setDeleting(false)}
          onDeleted={() => {
            setDeleting(false);
            selection.clear();
          }}
        />
      )}
    </>
  );
}
