import { FileText, TextQuote } from 'lucide-react';
import { ToggleGroup } from 'radix-ui';
import { useTranslation } from 'react-i18next';

export type SourceView = 'text' | 'pages';

interface ViewSwitchProps {
  view: SourceView;
  onChange: (view: SourceView) => void;
}

export function ViewSwitch({ view, onChange }: ViewSwitchProps) {
  const { t } = useTranslation();
  const options = [
    { value: 'text', label: t('source.text'), icon: TextQuote },
    { value: 'pages', label: t('source.pages'), icon: FileText },
  ] as const;
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={t('source.view')}
      value={view}
      onValueChange={(next) => (next === 'text' || next === 'pages') && onChange(next)}
      className="inline-flex w-fit rounded-md border border-line bg-sunken p-0.5"
    >
      {options.map(({ value, label, icon: Icon }) => (
        <ToggleGroup.Item
          key={value}
          value={value}
          className="inline-flex h-7 items-center gap-1.5 rounded-sm px-3 text-sm text-muted data-[state=on]:bg-surface data-[state=on]:font-medium data-[state=on]:text-ink"
        >
          <Icon aria-hidden size={14} />
          {label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
