import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Document } from '@/shared/api/types';
import { useFormat } from '@/shared/format/use-format';
import { useProblemText } from '@/shared/problems/use-problem-text';
import { classNames } from '@/shared/ui/class-names';
import { Checkbox } from '@/shared/ui/field/checkbox';
import { DocumentState } from './document-state';
import { useFormatName } from './use-format-name';

interface DocumentRowProps {
  document: Document;
  selected: boolean;
  onToggle: (range: boolean) => void;
}

export function DocumentRow({ document, selected, onToggle }: DocumentRowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { id, title, fileName, pages, bytes, owner, updatedAt, problem } = document;
  const problemText = useProblemText();
  const formatName = useFormatName();
  const trouble = problem && problemText(problem);
  const cell = 'hidden px-3 py-2 text-muted tabular-nums whitespace-nowrap';
  return (
    <tr className={classNames('border-b border-line', selected ? 'bg-accent-soft' : 'hover:bg-sunken')}>
      <td className="py-2 pl-4">
        <Checkbox
          label={t('document.select', { title })}
          labelHidden
          checked={selected}
          onChange={(event) => onToggle(event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey)}
        />
      </td>
      <th scope="row" className="w-full max-w-0 min-w-40 px-3 py-2 text-start font-normal">
        <Link to={`/documents/${id}`} className="block truncate font-medium hover:underline" title={fileName}>
          {title}
        </Link>
        {trouble ? (
          <span className="block truncate text-bad" title={trouble.line}>
            {trouble.title}
          </span>
        ) : (
          title !== fileName && <span className="block truncate text-muted">{fileName}</span>
        )}
      </th>
      <td className={`${cell} md:table-cell`}>{formatName(document.format)}</td>
      <td className="px-3 py-2">
        <DocumentState document={document} />
      </td>
      <td className={`${cell} lg:table-cell`}>{pages === null ? '–' : format.number(pages)}</td>
      <td className={`${cell} lg:table-cell`}>{format.bytes(bytes)}</td>
      <td className={`${cell} max-w-40 truncate lg:table-cell`}>{owner?.name ?? '–'}</td>
      <td className={`${cell} md:table-cell`}>
        <time dateTime={updatedAt} title={format.dateTime(updatedAt)}>
          {format.date(updatedAt)}
        </time>
      </td>
    </tr>
  );
}
