import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { json } from '@/shared/api/client';
import { keys } from '@/shared/api/keys';
import type { ConversationSummary } from '@/shared/api/types';
import { useProblemToast } from '@/shared/problems/use-problem-toast';
import { useToast } from '@/shared/ui/toast/toasts';

/** Hides a conversation at once and deletes it when the chance to undo has passed. */
export function useDeleteConversation(selectedId: string | undefined) {
  const { t } = useTranslation();
  const toast = useToast();
  const showProblem = useProblemToast();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const show = (id: string) => setHidden((old) => new Set([...old].filter((other) => other !== id)));

  const deleteNow = async (id: string) => {
    try {
      await json(`/conversations/${id}`, { method: 'DELETE' });
      client.removeQueries({ queryKey: keys.conversation(id) });
      await client.invalidateQueries({ queryKey: keys.conversations });
    } catch (error) {
      show(id);
      showProblem(error);
    }
  };

  const remove = ({ id }: ConversationSummary) => {
    setHidden((old) => new Set([...old, id]));
    if (id === selectedId) void navigate('/chat');
    toast({
      text: t('chat.deleted'),
      action: { label: t('common.undo'), run: () => show(id) },
      onExpire: () => void deleteNow(id),
    });
  };
  return { hidden, remove };
}
