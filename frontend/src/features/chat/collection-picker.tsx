import { Library, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useCollections } from '@/shared/collections/use-collections';
import { Checkbox } from '@/shared/ui/field/checkbox';
import { Popover } from '@/shared/ui/popover/popover';
import { chipStyle } from './chip-style';

interface CollectionPickerProps {
  /** null: everything the person may read. */
  value: string[] | null;
  onChange: (collectionIds: string[] | null) => void;
}

export function CollectionPicker({ value, onChange }: CollectionPickerProps) {
  const { t } = useTranslation();
  const { data: collections = [] } = useCollections();
  const chosen = collections.filter(({ id }) => value?.includes(id));
  const summary =
    chosen.length === 0 ? t('chat.allCollections') : t('chat.collectionsChosen', { count: chosen.length });
  const toggle = (id: string) => {
    const next = value?.includes(id) ? value.filter((other) => other !== id) : [...(value ?? []), id];
    onChange(next.length > 0 ? next : null);
  };
  return (
    <>
      <Popover
        label={t('chat.chooseCollections')}
        trigger={
          <button type="button" aria-label={t('chat.searchInChosen', { chosen: summary })} className={chipStyle}>
            <Library aria-hidden size={14} className="shrink-0" />
            <span className="truncate">{summary}</span>
          </button>
        }
      >
        <fieldset>
          <legend className="mb-2 text-sm font-medium">{t('chat.searchIn')}</legend>
          <ul className="flex flex-col">
            <li>
              <Checkbox
                className="min-h-9 w-full"
                label={t('chat.allCollections')}
                checked={value === null}
                onChange={() => onChange(null)}
              />
            </li>
            {collections.map(({ id, name }) => (
              <li key={id}>
                <Checkbox
                  className="min-h-9 w-full"
                  label={name}
                  checked={value?.includes(id) ?? false}
                  onChange={() => toggle(id)}
                />
              </li>
            ))}
          </ul>
        </fieldset>
      </Popover>
      {chosen.map(({ id, name }) => (
        <button
          key={id}
          type="button"
          aria-label={t('chat.leaveOut', { name })}
          onClick={() => toggle(id)}
          className={chipStyle}
        >
          <span className="truncate">{name}</span>
          <X aria-hidden size={13} className="shrink-0" />
        </button>
      ))}
    </>
  );
}
