import { useTranslation } from 'react-i18next';
import type { Message } from '@/shared/api/types';
import { useFormat } from '@/shared/format/use-format';
import { nearestKey } from './cited-source';

interface AbstainedProps {
  message: Message;
  activeKey: string | null;
  onOpen: (key: string) => void;
}

/** No answer in the documents: says what was searched and offers what came nearest. */
export function Abstained({ message, activeKey, onOpen }: AbstainedProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const names = message.searched?.collections.map(({ name }) => name) ?? [];
  return (
    <div className="flex flex-col gap-3">
      <p className="font-medium">{t('chat.abstained')}</p>
      {message.blocks.map((block, index) => (
        <p key={index}>{block.text}</p>
      ))}
      {message.searched && (
        <p className="text-sm text-muted">
          {names.length > 0
            ? t('chat.searched', { collections: format.list(names), count: message.searched.passages })
            : t('chat.searchedNothing')}
        </p>
      )}
      {message.nearest.length > 0 && (
        <section aria-label={t('chat.nearest')}>
          <h2 className="mb-2 text-sm font-medium">{t('chat.nearest')}</h2>
          <ul className="flex flex-col gap-2">
            {message.nearest.map((passage) => {
              const key = nearestKey(message, passage.rank);
              return (
                <li key={key}>
                  <button
                    type="button"
                    aria-pressed={key === activeKey}
                    onClick={() => onOpen(key)}
                    className="w-full rounded-md border border-line bg-surface px-3 py-2 text-start text-sm hover:border-control aria-pressed:border-accent"
                  >
                    <span className="block truncate font-medium">{passage.title}</span>
                    <span className="line-clamp-2 text-muted">{passage.text}</span>
                  </button>
                </li>
              );
            })}
          </ul>
        </section>
      )}
    </div>
  );
}
