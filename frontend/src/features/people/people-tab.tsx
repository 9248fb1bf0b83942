import { UserPlus, Users } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '@/shared/api/problem';
import { useDebounced } from '@/shared/hooks/use-debounced';
import { Button } from '@/shared/ui/button/button';
import { Empty } from '@/shared/ui/empty/empty';
import { SearchInput } from '@/shared/ui/field/search-input';
import { ProblemNotice } from '@/shared/ui/notice/problem-notice';
import { Skeleton } from '@/shared/ui/skeleton/skeleton';
import { InvitationDialog } from './invitation-dialog';
import { InviteDialog } from './invite-dialog';
import { PersonRow } from './person-row';
import { usePeople, type Invited } from './people-queries';

export function PeopleTab() {
  const { t } = useTranslation();
  const [query, setQuery] = useState('');
  const searched = useDebounced(query.trim());
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = usePeople(searched);
  const [inviting, setInviting] = useState(false);
  const [invited, setInvited] = useState<Invited | null>(null);
  const people = data?.pages.flatMap((page) => page.items);
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap justify-between gap-2">
        <SearchInput label={t('people.search')} value={query} onChange={setQuery} className="w-64 max-w-full" />
        <Button kind="primary" size="small" className="h-9" onClick={() => setInviting(true)}>
          <UserPlus aria-hidden size={15} />
          {t('people.invite')}
        </Button>
      </div>
      {error && <ProblemNotice problem={Problem.from(error)} onRetry={() => void refetch()} />}
      {!people && !error && <Skeleton rows={5} />}
      {people?.length === 0 && <Empty icon={Users} title={t('common.nothingFound', { query: searched })} />}
      {people && people.length > 0 && (
        <ul className="divide-y divide-line rounded-md border border-line bg-surface">
          {people.map((person) => (
            <PersonRow key={person.id} person={person} onInvited={setInvited} />
          ))}
        </ul>
      )}
      {hasNextPage && (
        <Button className="self-center" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('common.more')}
        </Button>
      )}
      {inviting && (
        <InviteDialog
          onClose={() => setInviting(false)}
          onInvited={(result) => {
            setInviting(false);
            setInvited(result);
          }}
        />
      )}
      {invited && <InvitationDialog invited={invited} onClose={() => setInvited(null)} />}
    </div>
  );
}
