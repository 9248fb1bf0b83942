import { Search } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useId, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from '@/shared/ui/class-names';
import { useCommands } from './use-commands';

interface CommandPaletteProps {
  onClose: () => void;
  onShortcuts: () => void;
}

/** Search everything: pages, documents, conversations, actions. */
export function CommandPalette({ onClose, onShortcuts }: CommandPaletteProps) {
  const { t } = useTranslation();
  const listId = useId();
  const [query, setQuery] = useState('');
  const [index, setIndex] = useState(0);
  const commands = useCommands(query, onShortcuts);
  const selected = Math.min(index, commands.length - 1);
  const run = (position: number) => {
    const command = commands[position];
    if (!command) return;
    onClose();
    command.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    const move = moves[event.key];
    if (move !== undefined) {
      event.preventDefault();
      setIndex((selected + move + commands.length) % Math.max(1, commands.length));
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      run(selected);
    }
  };
  const optionId = (position: number) => `${listId}-${position}`;
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <div className="fixed inset-0 z-40 bg-veil" aria-hidden />
        <Dialog.Content
          aria-describedby={undefined}
          className="rise fixed top-[12vh] left-1/2 z-40 flex max-h-[70vh] w-[calc(100vw-2rem)] max-w-xl -translate-x-1/2 flex-col overflow-hidden rounded-md border border-line bg-surface shadow-raised outline-none"
        >
          <Dialog.Title className="sr-only">{t('palette.title')}</Dialog.Title>
          <div className="flex items-center gap-3 border-b border-line px-4">
            <Search aria-hidden size={17} className="shrink-0 text-muted" />
            <input
              role="combobox"
              aria-label={t('palette.title')}
              aria-expanded
              aria-controls={listId}
              aria-activedescendant={commands.length > 0 ? optionId(selected) : undefined}
              placeholder={t('palette.placeholder')}
              value={query}
              onChange={(event) => {
                setQuery(event.target.value);
                setIndex(0);
              }}
              onKeyDown={onKeyDown}
              className="h-13 w-full bg-transparent text-base outline-none"
            />
          </div>
          <div role="listbox" id={listId} aria-label={t('palette.title')} className="overflow-y-auto p-2">
            {commands.map(({ key, label, kind, icon: Icon }, position) => (
              // Chosen by the arrow keys of the field above, as a combobox is.
              // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
              <div
                key={key}
                id={optionId(position)}
                role="option"
                aria-selected={position === selected}
                onMouseMove={() => setIndex(position)}
                onClick={() => run(position)}
                className={classNames(
                  'flex h-10 cursor-pointer items-center gap-3 rounded-sm px-2',
                  position === selected && 'bg-accent-soft',
                )}
              >
                <Icon aria-hidden size={16} className="shrink-0 text-muted" />
                <span className="min-w-0 flex-1 truncate">{label}</span>
                <span className="shrink-0 text-xs text-muted">{kind}</span>
              </div>
            ))}
          </div>
          {commands.length === 0 && (
            <p className="px-4 pb-4 text-sm text-muted">{t('common.nothingFound', { query })}</p>
          )}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
