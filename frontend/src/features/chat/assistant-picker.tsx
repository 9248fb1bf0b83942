import { Bot, Check } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useAssistants } from '@/shared/assistants/use-assistants';
import { Menu } from '@/shared/ui/menu/menu';
import { chipStyle } from './chip-style';

interface AssistantPickerProps {
  value: string | null;
  onChange: (assistantId: string) => void;
}

/** Nothing to choose with one assistant or none. */
export function AssistantPicker({ value, onChange }: AssistantPickerProps) {
  const { t } = useTranslation();
  const { data: assistants = [] } = useAssistants();
  const chosen =
    assistants.find(({ id }) => id === value) ?? assistants.find(({ isDefault }) => isDefault) ?? assistants[0];
  if (!chosen || assistants.length < 2) return null;
  return (
    <Menu
      align="start"
      trigger={
        <button type="button" aria-label={t('chat.assistant', { name: chosen.name })} className={chipStyle}>
          <Bot aria-hidden size={14} className="shrink-0" />
          <span className="truncate">{chosen.name}</span>
        </button>
      }
      items={assistants.map(({ id, name }) => ({
        label: name,
        icon: id === chosen.id ? Check : Bot,
        onSelect: () => onChange(id),
      }))}
    />
  );
}
