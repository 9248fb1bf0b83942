import { Ellipsis, Pencil, Pin, PinOff, Trash2 } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ConversationSummary } from '@/shared/api/types';
import { IconButton } from '@/shared/ui/button/icon-button';
import { classNames } from '@/shared/ui/class-names';
import { TextInput } from '@/shared/ui/field/text-input';
import { Menu } from '@/shared/ui/menu/menu';
import { useChangeConversation } from './conversation-queries';

interface ConversationRowProps {
  conversation: ConversationSummary;
  selected: boolean;
  onChoose?: () => void;
  onDelete: () => void;
}

export function ConversationRow({ conversation, selected, onChoose, onDelete }: ConversationRowProps) {
  const { t } = useTranslation();
  const [title, setTitle] = useState<string | null>(null);
  const change = useChangeConversation();
  const { id, pinned } = conversation;
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (title?.trim()) change.mutate({ id, title: title.trim() });
    setTitle(null);
  };
  if (title !== null) {
    return (
      <li>
        <form onSubmit={save} className="px-1 py-0.5">
          <TextInput
            aria-label={t('chat.title')}
            autoFocus
            className="h-8 text-sm"
            value={title}
            onChange={(event) => setTitle(event.target.value)}
            onBlur={save}
            onKeyDown={(event) => event.key === 'Escape' && setTitle(null)}
          />
        </form>
      </li>
    );
  }
  return (
    <li className={classNames('group flex items-center rounded-md', selected ? 'bg-accent-soft' : 'hover:bg-sunken')}>
      <Link
        to={`/chat/${id}`}
        onClick={onChoose}
        aria-current={selected ? 'page' : undefined}
        className={classNames('min-w-0 flex-1 truncate rounded-md py-1.5 pl-2 text-sm', selected && 'font-medium')}
      >
        {conversation.title || t('chat.untitled')}
      </Link>
      <Menu
        trigger={
          <IconButton
            icon={Ellipsis}
            size="small"
            label={t('chat.actionsFor', { title: conversation.title })}
            className="md:opacity-0 md:group-focus-within:opacity-100 md:group-hover:opacity-100 md:data-[state=open]:opacity-100"
          />
        }
        items={[
          {
            label: pinned ? t('chat.unpin') : t('chat.pin'),
            icon: pinned ? PinOff : Pin,
            onSelect: () => change.mutate({ id, pinned: !pinned }),
          },
          { label: t('common.rename'), icon: Pencil, onSelect: () => setTimeout(() => setTitle(conversation.title)) },
          { label: t('common.delete'), icon: Trash2, danger: true, onSelect: onDelete },
        ]}
      />
    </li>
  );
}
