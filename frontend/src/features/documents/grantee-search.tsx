import { UserRound, Users } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '@/shared/api/problem';
import type { DirectoryEntry, Permission } from '@/shared/api/types';
import { useDebounced } from '@/shared/hooks/use-debounced';
import { Button } from '@/shared/ui/button/button';
import { SearchInput } from '@/shared/ui/field/search-input';
import { ProblemNotice } from '@/shared/ui/notice/problem-notice';
import { useDirectory } from './collection-queries';

interface GranteeSearchProps {
  hasEveryone: boolean;
  onAdd: (permission: Permission) => void;
}

/** Finds people and groups to let in; they come in as readers. */
export function GranteeSearch({ hasEveryone, onAdd }: GranteeSearchProps) {
  const { t } = useTranslation();
  const [query, setQuery] = useState('');
  const searched = useDebounced(query.trim());
  const { data: entries, error } = useDirectory(searched);
  const add = ({ kind, id, name }: DirectoryEntry) => {
    onAdd({ grantee: { kind, id, name }, access: 'READ' });
    setQuery('');
  };
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap gap-2">
        <SearchInput label={t('permission.search')} value={query} onChange={setQuery} className="min-w-48 flex-1" />
        {!hasEveryone && (
          <Button
            size="small"
            className="h-9"
            onClick={() => onAdd({ grantee: { kind: 'EVERYONE', id: null, name: '' }, access: 'READ' })}
          >
            {t('permission.addEveryone')}
          </Button>
        )}
      </div>
      {error && <ProblemNotice problem={Problem.from(error)} />}
      {query.trim() && entries && (
        <ul aria-label={t('permission.found')} className="max-h-48 overflow-y-auto rounded-md border border-line">
          {entries.map((entry) => {
            const Icon = entry.kind === 'GROUP' ? Users : UserRound;
            return (
              <li key={`${entry.kind}${entry.id}`}>
                <button
                  type="button"
                  onClick={() => add(entry)}
                  className="flex w-full items-center gap-3 px-3 py-2 text-start hover:bg-sunken"
                >
                  <Icon aria-hidden size={16} className="shrink-0 text-muted" />
                  <span className="min-w-0 flex-1 truncate">{entry.name}</span>
                  <span className="truncate text-sm text-muted">{entry.detail}</span>
                </button>
              </li>
            );
          })}
          {entries.length === 0 && (
            <li className="px-3 py-2 text-sm text-muted">{t('common.nothingFound', { query: searched })}</li>
          )}
        </ul>
      )}
    </div>
  );
}
