import { Bot, Library, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Assistant } from '@/shared/api/types';
import { useCollections } from '@/shared/collections/use-collections';
import { useFormat } from '@/shared/format/use-format';
import { Badge } from '@/shared/ui/badge/badge';
import { IconButton } from '@/shared/ui/button/icon-button';

interface AssistantCardProps {
  assistant: Assistant;
  /** Whether the person may change it. */
  editable: boolean;
  onDelete?: () => void;
}

export function AssistantCard({ assistant, editable, onDelete }: AssistantCardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: collections = [] } = useCollections();
  const { id, name, description, collectionIds, hiddenCollections = 0, isDefault, version, updatedAt } = assistant;
  const names = collections
    .filter((collection) => collectionIds?.includes(collection.id))
    .map((collection) => collection.name);
  return (
    <li className="flex flex-col gap-3 rounded-md border border-line bg-surface p-4">
      <div className="flex items-start gap-3">
        <span className="rounded-md bg-accent-soft p-2 text-accent-strong">
          <Bot aria-hidden size={18} />
        </span>
        <div className="min-w-0 flex-1">
          <h2 className="truncate font-semibold">
            {editable ? (
              <Link to={`/assistants/${id}`} className="hover:underline">
                {name}
              </Link>
            ) : (
              name
            )}
          </h2>
          {description && <p className="text-sm text-muted">{description}</p>}
        </div>
        {onDelete && (
          <IconButton icon={Trash2} size="small" label={t('assistant.delete', { name })} onClick={onDelete} />
        )}
      </div>
      <p className="flex items-center gap-2 text-sm text-muted">
        <Library aria-hidden size={15} className="shrink-0" />
        <span className="truncate">
          {collectionIds === null
            ? t('assistant.everything')
            : names.length > 0
              ? format.list(names)
              : t('assistant.noneReadable')}
        </span>
      </p>
      {hiddenCollections !== null && hiddenCollections > 0 && (
        <p className="text-sm text-muted">{t('assistant.hidden', { count: hiddenCollections })}</p>
      )}
      <p className="flex items-center gap-2 text-xs text-muted">
        {isDefault && <Badge tone="accent">{t('assistant.default')}</Badge>}
        {t('assistant.version', { version, date: format.date(updatedAt) })}
      </p>
    </li>
  );
}
