import { useTranslation } from 'react-i18next';
import { useCollections } from '@/shared/collections/use-collections';
import { Checkbox } from '@/shared/ui/field/checkbox';

interface CollectionsFieldProps {
  /** null: everything the asking person may read. */
  value: string[] | null;
  /** Collections of the assistant that this administrator may not read; they stay. */
  hidden: number;
  onChange: (collectionIds: string[] | null) => void;
}

export function CollectionsField({ value, hidden, onChange }: CollectionsFieldProps) {
  const { t } = useTranslation();
  const { data: collections = [] } = useCollections();
  const toggle = (id: string) =>
    onChange(value?.includes(id) ? value.filter((other) => other !== id) : [...(value ?? []), id]);
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 text-sm font-medium">{t('assistant.collections')}</legend>
      <Checkbox
        label={t('assistant.everything')}
        checked={value === null}
        onChange={(event) => onChange(event.target.checked ? null : [])}
      />
      {value !== null && (
        <ul className="mt-1 flex max-h-48 flex-col overflow-y-auto rounded-md border border-line px-3 py-1">
          {collections.map(({ id, name }) => (
            <li key={id}>
              <Checkbox className="min-h-8" label={name} checked={value.includes(id)} onChange={() => toggle(id)} />
            </li>
          ))}
        </ul>
      )}
      {hidden > 0 && <p className="text-sm text-muted">{t('assistant.hidden', { count: hidden })}</p>}
    </fieldset>
  );
}
