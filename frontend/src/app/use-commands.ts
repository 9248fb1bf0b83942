import { useQuery } from '@tanstack/react-query';
import { FileText, Keyboard, LogOut, MessageSquare, SquarePen, UserRound, type LucideIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { json } from '@/shared/api/client';
import { keys } from '@/shared/api/keys';
import type { FindResult } from '@/shared/api/types';
import { useDebounced } from '@/shared/hooks/use-debounced';
import { useMe } from '@/shared/session/use-me';
import { useSignOut } from '@/shared/session/use-sign-out';
import { destinations } from './destinations';

export interface Command {
  key: string;
  label: string;
  kind: string;
  icon: LucideIcon;
  run: () => void;
}

/** What the palette offers for these words: pages and actions at once, documents and conversations from the server. */
export function useCommands(query: string, onShortcuts: () => void): Command[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { role } = useMe();
  const signOut = useSignOut();
  const words = useDebounced(query.trim());
  const { data: found } = useQuery({
    queryKey: keys.find(words),
    queryFn: () => json<FindResult>('/find', { query: { query: words } }),
    enabled: words.length > 0,
  });
  const goTo = (path: string) => () => void navigate(path);
  const pages: Command[] = destinations
    .filter(({ administrators }) => !administrators || role === 'ADMINISTRATOR')
    .map(({ path, label, icon }) => ({ key: path, label: t(label), kind: t('palette.page'), icon, run: goTo(path) }));
  const action = t('palette.action');
  const actions: Command[] = [
    { key: 'new', label: t('chat.new'), kind: action, icon: SquarePen, run: goTo('/chat') },
    { key: 'account', label: t('nav.account'), kind: t('palette.page'), icon: UserRound, run: goTo('/account') },
    { key: 'keys', label: t('shortcuts.title'), kind: action, icon: Keyboard, run: onShortcuts },
    { key: 'out', label: t('nav.signOut'), kind: action, icon: LogOut, run: () => signOut.mutate() },
  ];
  const wanted = query.trim().toLocaleLowerCase();
  const fixed = [...pages, ...actions].filter(({ label }) => label.toLocaleLowerCase().includes(wanted));
  if (!wanted || !found) return fixed;
  return [
    ...fixed,
    ...found.documents.map(({ id, title }) => ({
      key: `document-${id}`,
      label: title,
      kind: t('palette.document'),
      icon: FileText,
      run: goTo(`/documents/${id}`),
    })),
    ...found.conversations.map(({ id, title }) => ({
      key: `conversation-${id}`,
      label: title,
      kind: t('palette.conversation'),
      icon: MessageSquare,
      run: goTo(`/chat/${id}`),
    })),
  ];
}
