import { useTranslation } from 'react-i18next';
import type { Document } from '@/shared/api/types';
import { Checkbox } from '@/shared/ui/field/checkbox';
import { DocumentRow } from './document-row';
import type { DocumentFilter, SortColumn } from './document-queries';
import { SortHeader } from './sort-header';
import type { Selection } from './use-selection';

interface DocumentTableProps {
  documents: Document[];
  filter: DocumentFilter;
  onSort: (sort: SortColumn) => void;
  selection: Selection;
}

export function DocumentTable({ documents, filter, onSort, selection }: DocumentTableProps) {
  const { t } = useTranslation();
  const header = (column: SortColumn, label: string, className?: string) => (
    <SortHeader
      label={label}
      active={filter.sort === column}
      direction={filter.direction}
      className={className}
      onSort={() => onSort(column)}
    />
  );
  const plain = 'hidden px-3 py-2 text-start text-xs font-medium whitespace-nowrap text-muted';
  return (
    <table className="w-full border-collapse text-sm">
      <caption className="sr-only">{t('document.title')}</caption>
      <thead>
        <tr className="border-b border-line">
          <th scope="col" className="w-10 py-2 pl-4 text-start">
            <Checkbox
              label={t('document.selectAll')}
              labelHidden
              checked={documents.length > 0 && selection.ids.size === documents.length}
              onChange={selection.toggleAll}
            />
          </th>
          {header('name', t('document.column.name'))}
          {header('type', t('document.column.type'), 'hidden md:table-cell')}
          {header('state', t('document.column.state'))}
          <th scope="col" className={`${plain} lg:table-cell`}>
            {t('document.column.pages')}
          </th>
          {header('size', t('document.column.size'), 'hidden lg:table-cell')}
          <th scope="col" className={`${plain} lg:table-cell`}>
            {t('document.column.owner')}
          </th>
          {header('updated', t('document.column.updated'), 'hidden md:table-cell')}
        </tr>
      </thead>
      <tbody>
        {documents.map((document) => (
          <DocumentRow
            key={document.id}
            document={document}
            selected={selection.ids.has(document.id)}
            onToggle={(range) => selection.toggle(document.id, range)}
          />
        ))}
      </tbody>
    </table>
  );
}
