import { MessageSquare, SquarePen } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Problem } from '@/shared/api/problem';
import { useFormat } from '@/shared/format/use-format';
import { useDebounced } from '@/shared/hooks/use-debounced';
import { Button } from '@/shared/ui/button/button';
import { Empty } from '@/shared/ui/empty/empty';
import { SearchInput } from '@/shared/ui/field/search-input';
import { ProblemNotice } from '@/shared/ui/notice/problem-notice';
import { Skeleton } from '@/shared/ui/skeleton/skeleton';
import { useConversations } from './conversation-queries';
import { ConversationRow } from './conversation-row';
import { groupByDay } from './group-by-day';
import { useDeleteConversation } from './use-delete-conversation';

interface ConversationListProps {
  selectedId: string | undefined;
  onChoose?: () => void;
}

export function ConversationList({ selectedId, onChoose }: ConversationListProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [query, setQuery] = useState('');
  const searched = useDebounced(query);
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useConversations(searched);
  const { hidden, remove } = useDeleteConversation(selectedId);
  const conversations = data?.pages.flatMap((page) => page.items).filter(({ id }) => !hidden.has(id));
  const groups = groupByDay(conversations ?? [], t('chat.pinned'), format, new Date());

  return (
    <nav aria-label={t('chat.conversations')} className="flex h-full min-h-0 flex-col">
      <div className="flex flex-col gap-2 p-3">
        <Link
          to="/chat"
          onClick={onChoose}
          className="inline-flex h-9 items-center justify-center gap-2 rounded-md border border-line bg-surface text-sm font-medium hover:bg-sunken"
        >
          <SquarePen aria-hidden size={15} />
          {t('chat.new')}
        </Link>
        <SearchInput label={t('chat.searchConversations')} value={query} onChange={setQuery} />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-2 pb-4">
        {error && <ProblemNotice problem={Problem.from(error)} onRetry={() => void refetch()} />}
        {!data && !error && <Skeleton rows={6} className="p-1" />}
        {conversations?.length === 0 &&
          (searched ? (
            <p className="px-2 py-4 text-sm text-muted">{t('common.nothingFound', { query: searched })}</p>
          ) : (
            <Empty icon={MessageSquare} title={t('chat.noConversations')} text={t('chat.noConversationsText')} />
          ))}
        {groups.map(({ label, conversations: members }) => (
          <section key={label} aria-label={label}>
            <h2 className="px-2 pt-3 pb-1 text-xs font-medium text-muted">{label}</h2>
            <ul>
              {members.map((conversation) => (
                <ConversationRow
                  key={conversation.id}
                  conversation={conversation}
                  selected={conversation.id === selectedId}
                  onChoose={onChoose}
                  onDelete={() => remove(conversation)}
                />
              ))}
            </ul>
          </section>
        ))}
        {hasNextPage && (
          <Button
            size="small"
            kind="quiet"
            className="mt-2 w-full"
            busy={isFetchingNextPage}
            onClick={() => void fetchNextPage()}
          >
            {t('common.more')}
          </Button>
        )}
      </div>
    </nav>
  );
}
