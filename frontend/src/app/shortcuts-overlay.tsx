import { useTranslation } from 'react-i18next';
import { Dialog } from '@/shared/ui/dialog/dialog';

const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent);

export function ShortcutsOverlay({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const shortcuts: [string[], string][] = [
    [[isApple ? '⌘' : 'Ctrl', 'K'], t('shortcuts.palette')],
    [['?'], t('shortcuts.overlay')],
    [['Enter'], t('shortcuts.send')],
    [['Shift', 'Enter'], t('shortcuts.newline')],
    [['['], t('shortcuts.previousCitation')],
    [[']'], t('shortcuts.nextCitation')],
    [['Esc'], t('shortcuts.close')],
    [['Shift', t('shortcuts.click')], t('shortcuts.selectRange')],
  ];
  return (
    <Dialog title={t('shortcuts.title')} open onClose={onClose}>
      <dl className="flex flex-col gap-2">
        {shortcuts.map(([parts, text]) => (
          <div key={text} className="flex items-center justify-between gap-4">
            <dt>{text}</dt>
            <dd className="flex gap-1">
              {parts.map((part) => (
                <kbd
                  key={part}
                  className="min-w-7 rounded-sm border border-line bg-sunken px-2 py-0.5 text-center font-sans text-sm"
                >
                  {part}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
