import { useTranslation } from 'react-i18next';
import type { DocumentState } from '@/shared/api/types';
import { SearchInput } from '@/shared/ui/field/search-input';
import { formats, useFormatName, type Format } from './use-format-name';

const select =
  'h-9 min-w-0 flex-1 md:flex-none rounded-md border border-line bg-surface px-2 text-sm text-ink hover:border-control';

interface DocumentFilterBarProps {
  query: string;
  onQuery: (query: string) => void;
  format: Format | '';
  onFormat: (format: Format | '') => void;
  state: DocumentState | '';
  onState: (state: DocumentState | '') => void;
}

export function DocumentFilterBar({ query, onQuery, format, onFormat, state, onState }: DocumentFilterBarProps) {
  const { t } = useTranslation();
  const formatName = useFormatName();
  return (
    <div className="flex shrink-0 flex-wrap gap-2 border-b border-line px-4 py-2">
      <SearchInput label={t('document.filter')} value={query} onChange={onQuery} className="w-full md:w-64" />
      <select
        aria-label={t('document.filterType')}
        value={format}
        onChange={(event) => onFormat(event.target.value as Format | '')}
        className={select}
      >
        <option value="">{t('document.anyType')}</option>
        {formats.map((each) => (
          <option key={each} value={each}>
            {formatName(each)}
          </option>
        ))}
      </select>
      <select
        aria-label={t('document.filterState')}
        value={state}
        onChange={(event) => onState(event.target.value as DocumentState | '')}
        className={select}
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
