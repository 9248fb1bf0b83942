import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { Problem } from '@/shared/api/problem';
import type { Message } from '@/shared/api/types';
import { useProblemToast } from '@/shared/problems/use-problem-toast';
import { ProblemNotice } from '@/shared/ui/notice/problem-notice';
import { Skeleton } from '@/shared/ui/skeleton/skeleton';
import { ScrollRegion } from '@/shared/ui/page/scroll-region';
import { useAnswerStreams } from './answer-streams-context';
import { Composer, type Scope } from './composer';
import { useBranchConversation, useCreateConversation, type useConversation } from './conversation-queries';
import type { LiveAnswer } from './live-answer';
import { Thread } from './thread';
import type { OpenedSource } from './use-opened-source';
import { Welcome } from './welcome';

interface ConversationViewProps {
  conversation: ReturnType<typeof useConversation>;
  messages: Message[];
  live: LiveAnswer | undefined;
  opened: OpenedSource;
}

const everything: Scope = { assistantId: null, collectionIds: null };

export function ConversationView({ conversation, messages, live, opened }: ConversationViewProps) {
  const { t } = useTranslation();
  const { id } = useParams();
  const navigate = useNavigate();
  const streams = useAnswerStreams();
  const create = useCreateConversation();
  const branch = useBranchConversation();
  const showProblem = useProblemToast();
  const input = useRef<HTMLTextAreaElement>(null);
  const [chosen, setChosen] = useState<Scope | null>(null);
  const scope = chosen ?? conversation.data ?? everything;
  const busy = create.isPending || (live !== undefined && live.problem === null);

  const ask = async (text: string, replaces?: string) => {
    const { assistantId, collectionIds } = scope;
    if (id) {
      streams.dismiss(id);
      void streams.ask(id, { text, assistantId, collectionIds, replaces });
      return;
    }
    const created = await create.mutateAsync({ assistantId, collectionIds });
    void streams.ask(created.id, { text, assistantId, collectionIds });
    await navigate(`/chat/${created.id}`);
  };
  // A conversation that could not be made shows its problem below.
  const tryAsk = (text: string, replaces?: string) => void ask(text, replaces).catch(() => undefined);
  const stop = () => id && void streams.stop(id);
  const goOnFrom = (messageId: string) =>
    id &&
    branch.mutate({ id, messageId }, { onSuccess: (made) => void navigate(`/chat/${made.id}`), onError: showProblem });
  const problem = conversation.error ?? create.error;
  const missing = conversation.error !== null && !conversation.data;

  return (
    <>
      <ScrollRegion label={t('nav.chat')} className="min-h-0 flex-1 overflow-y-auto">
        {id === undefined && <Welcome onAsk={tryAsk} />}
        {id !== undefined && <h1 className="sr-only">{conversation.data?.title || t('nav.chat')}</h1>}
        {id !== undefined && (conversation.data || live) && (
          <Thread
            messages={messages}
            live={live}
            activeKey={opened.source?.key ?? null}
            onOpen={opened.open}
            onAsk={tryAsk}
            onBranch={goOnFrom}
          />
        )}
        {id !== undefined && conversation.isPending && !live && (
          <Skeleton rows={6} className="mx-auto max-w-3xl px-4 py-6 md:px-8" />
        )}
        {problem && (
          <div className="mx-auto max-w-3xl px-4 py-6 md:px-8">
            <ProblemNotice
              problem={Problem.from(problem)}
              onRetry={id ? () => void conversation.refetch() : undefined}
            />
          </div>
        )}
      </ScrollRegion>
      {!missing && (
        <div className="mx-auto w-full max-w-3xl shrink-0 px-4 pb-4 md:px-8">
          <Composer scope={scope} onScope={setChosen} busy={busy} onSend={tryAsk} onStop={stop} inputRef={input} />
          <p className="mt-2 text-center text-xs text-muted">{t('chat.checkSources')}</p>
        </div>
      )}
    </>
  );
}
