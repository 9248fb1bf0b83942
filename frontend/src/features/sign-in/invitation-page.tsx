import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { json } from '@/shared/api/client';
import { keys } from '@/shared/api/keys';
import { Problem } from '@/shared/api/problem';
import type { Me } from '@/shared/api/types';
import { Button } from '@/shared/ui/button/button';
import { NewPasswordField } from '@/shared/ui/field/new-password-field';
import { Notice } from '@/shared/ui/notice/notice';
import { ProblemNotice } from '@/shared/ui/notice/problem-notice';
import { EntryPage } from '@/shared/ui/page/entry-page';

export function InvitationPage() {
  const { t } = useTranslation();
  const token = useLocation().hash.slice(1);
  const navigate = useNavigate();
  const client = useQueryClient();
  const [password, setPassword] = useState('');
  const accept = useMutation({
    mutationFn: () => json<Me>('/invitations', { method: 'POST', body: { token, password } }),
    onSuccess: (me) => {
      client.clear();
      client.setQueryData(keys.session, me);
      void navigate('/chat', { replace: true });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    accept.mutate();
  };
  return (
    <EntryPage title={t('invitation.title')} text={token ? t('invitation.text') : undefined}>
      {token ? (
        <form onSubmit={submit} className="flex flex-col gap-4">
          <NewPasswordField label={t('field.newPassword')} value={password} onChange={setPassword} />
          {accept.error && <ProblemNotice problem={Problem.from(accept.error)} />}
          <Button type="submit" kind="primary" busy={accept.isPending}>
            {t('invitation.submit')}
          </Button>
        </form>
      ) : (
        <Notice title={t('invitation.linkMissing')} />
      )}
    </EntryPage>
  );
}
