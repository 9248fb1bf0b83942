import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useSearchParams } from 'react-router';
import { json } from '@/shared/api/client';
import { keys } from '@/shared/api/keys';
import { Problem } from '@/shared/api/problem';
import type { Me } from '@/shared/api/types';
import { useSession } from '@/shared/session/use-session';
import { Button } from '@/shared/ui/button/button';
import { Field } from '@/shared/ui/field/field';
import { TextInput } from '@/shared/ui/field/text-input';
import { Notice } from '@/shared/ui/notice/notice';
import { ProblemNotice } from '@/shared/ui/notice/problem-notice';
import { EntryPage } from '@/shared/ui/page/entry-page';
import { localPath } from './local-path';

export function SignInPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [parameters] = useSearchParams();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const session = useSession();
  const setup = useQuery({ queryKey: keys.setup, queryFn: () => json<{ required: boolean }>('/setup') });
  const signIn = useMutation({
    mutationFn: () => json<Me>('/session', { method: 'POST', body: { email, password } }),
    onSuccess: (me) => client.setQueryData(keys.session, me),
  });
  if (session.data) return <Navigate to={localPath(parameters.get('return'))} replace />;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate();
  };
  return (
    <EntryPage title={t('signIn.title')}>
      {setup.data?.required ? (
        <Notice title={t('setup.linkMissing')}>{t('setup.linkMissingAdvice')}</Notice>
      ) : (
        <form onSubmit={submit} className="flex flex-col gap-4">
          <Field label={t('field.email')}>
            {(control) => (
              <TextInput
                {...control}
                required
                autoFocus
                type="email"
                autoComplete="username"
                value={email}
                onChange={(event) => setEmail(event.target.value)}
              />
            )}
          </Field>
          <Field label={t('field.password')}>
            {(control) => (
              <TextInput
                {...control}
                required
                type="password"
                autoComplete="current-password"
                value={password}
                onChange={(event) => setPassword(event.target.value)}
              />
            )}
          </Field>
          {signIn.error && <ProblemNotice problem={Problem.from(signIn.error)} />}
          <Button type="submit" kind="primary" busy={signIn.isPending}>
            {t('signIn.submit')}
          </Button>
          <p className="text-sm text-muted">{t('signIn.forgotten')}</p>
        </form>
      )}
    </EntryPage>
  );
}
