import { Ellipsis, KeyRound, ShieldCheck, ShieldMinus, UserCheck, UserX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Person } from '@/shared/api/types';
import { useFormat } from '@/shared/format/use-format';
import { useProblemToast } from '@/shared/problems/use-problem-toast';
import { useMe } from '@/shared/session/use-me';
import { Badge } from '@/shared/ui/badge/badge';
import { IconButton } from '@/shared/ui/button/icon-button';
import { Menu } from '@/shared/ui/menu/menu';
import { useChangePerson, useNewInvitation, type Invited } from './people-queries';

interface PersonRowProps {
  person: Person;
  onInvited: (invited: Invited) => void;
}

export function PersonRow({ person, onInvited }: PersonRowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const me = useMe();
  const onError = useProblemToast();
  const change = useChangePerson();
  const invite = useNewInvitation(onInvited);
  const { id, displayName, email, role, active, groups, lastSignInAt } = person;
  const administers = role === 'ADMINISTRATOR';
  const items = [
    {
      label: administers ? t('people.makeMember') : t('people.makeAdministrator'),
      icon: administers ? ShieldMinus : ShieldCheck,
      onSelect: () => change.mutate({ id, role: administers ? 'MEMBER' : 'ADMINISTRATOR' }, { onError }),
    },
    { label: t('people.newLink'), icon: KeyRound, onSelect: () => invite.mutate(person, { onError }) },
    {
      label: active ? t('people.deactivate') : t('people.activate'),
      icon: active ? UserX : UserCheck,
      danger: active,
      onSelect: () => change.mutate({ id, active: !active }, { onError }),
    },
  ];
  return (
    <li className="flex items-center gap-3 px-4 py-3">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-2">
          <span className="truncate font-medium">{displayName}</span>
          {administers && <Badge tone="accent">{t('people.administrator')}</Badge>}
          {person.invited && <Badge>{t('people.invited')}</Badge>}
          {!active && <Badge tone="warn">{t('people.inactive')}</Badge>}
        </p>
        <p className="truncate text-sm text-muted">{[email, ...groups.map(({ name }) => name)].join(' · ')}</p>
      </div>
      <p className="hidden text-sm text-muted md:block">
        {lastSignInAt ? t('people.lastSignIn', { date: format.dateTime(lastSignInAt) }) : t('people.neverSignedIn')}
      </p>
      {id !== me.id && (
        <Menu
          trigger={<IconButton icon={Ellipsis} size="small" label={t('people.actionsFor', { name: displayName })} />}
          items={items}
        />
      )}
    </li>
  );
}
