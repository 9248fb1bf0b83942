import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '@/shared/api/problem';
import type { Role } from '@/shared/api/types';
import { Button } from '@/shared/ui/button/button';
import { Dialog } from '@/shared/ui/dialog/dialog';
import { Field } from '@/shared/ui/field/field';
import { Select } from '@/shared/ui/field/select';
import { TextInput } from '@/shared/ui/field/text-input';
import { ProblemNotice } from '@/shared/ui/notice/problem-notice';
import { useInvite, type Invited } from './people-queries';

interface InviteDialogProps {
  onInvited: (invited: Invited) => void;
  onClose: () => void;
}

export function InviteDialog({ onInvited, onClose }: InviteDialogProps) {
  const { t } = useTranslation();
  const [displayName, setDisplayName] = useState('');
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('MEMBER');
  const invite = useInvite(onInvited);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    invite.mutate({ email, displayName, role });
  };
  return (
    <Dialog title={t('people.invite')} description={t('people.inviteText')} open onClose={onClose}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Field label={t('field.displayName')}>
          {(control) => (
            <TextInput
              {...control}
              required
              autoFocus
              value={displayName}
              onChange={(event) => setDisplayName(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('field.email')}>
          {(control) => (
            <TextInput
              {...control}
              required
              type="email"
              value={email}
              onChange={(event) => setEmail(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('field.role')}>
          {(control) => (
            <Select {...control} value={role} onChange={(event) => setRole(event.target.value as Role)}>
              <option value="MEMBER">{t('people.member')}</option>
              <option value="ADMINISTRATOR">{t('people.administrator')}</option>
            </Select>
          )}
        </Field>
        {invite.error && <ProblemNotice problem={Problem.from(invite.error)} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" kind="primary" busy={invite.isPending}>
            {t('people.inviteSubmit')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
