import { useTranslation } from 'react-i18next';
import type { DocumentState } from '@/shared/api/types';
import { SearchInput } from '@/shared/ui/field/search-input';

interface DocumentFilterBarProps {
  query: string;
  onQuery: (query: string) => void;
  state: DocumentState | '';
  onState: (state: DocumentState | '') => void;
}

export function DocumentFilterBar({ query, onQuery, state, onState }: DocumentFilterBarProps) {
  const { t } = useTranslation();
  return (
    <div className="flex shrink-0 flex-wrap gap-2 border-b border-line px-4 py-2">
      <SearchInput
        label={t('document.filter')}
        value={query}
        onChange={onQuery}
        className="w-64 max-w-full flex-1 md:flex-none"
      />
      <select
        aria-label={t('document.filterState')}
        value={state}
        onChange={(event) => onState(event.target.value as DocumentState | '')}
        className="h-9 rounded-md border border-line bg-surface px-2 text-sm text-ink hover:border-control"
      >
        <option value="">{t('document.anyState')}</option>
        <option value="INDEXED">{t('document.state.indexed')}</option>
        <option value="PROCESSING">{t('document.state.processing')}</option>
        <option value="QUEUED">{t('document.state.queued')}</option>
        <option value="FAILED">{t('document.state.failed')}</option>
      </select>
    </div>
  );
}
