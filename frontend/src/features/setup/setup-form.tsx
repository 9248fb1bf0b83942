import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { json } from '@/shared/api/client';
import { keys } from '@/shared/api/keys';
import type { Me } from '@/shared/api/types';
import { currentLanguage } from '@/shared/i18n/i18n';
import { Problem } from '@/shared/api/problem';
import { Button } from '@/shared/ui/button/button';
import { Field } from '@/shared/ui/field/field';
import { NewPasswordField } from '@/shared/ui/field/new-password-field';
import { TextInput } from '@/shared/ui/field/text-input';
import { ProblemNotice } from '@/shared/ui/notice/problem-notice';

export function SetupForm({ token }: { token: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [displayName, setDisplayName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const setup = useMutation({
    mutationFn: () =>
      json<Me>('/setup', {
        method: 'POST',
        body: { token, email, displayName, password, language: currentLanguage() },
      }),
    onSuccess: (me) => {
      client.setQueryData(keys.session, me);
      client.setQueryData(keys.setup, { required: false });
      void navigate('/chat', { replace: true });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setup.mutate();
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <Field label={t('field.displayName')}>
        {(control) => (
          <TextInput
            {...control}
            required
            autoFocus
            autoComplete="name"
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
            autoComplete="username"
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        )}
      </Field>
      <NewPasswordField label={t('field.password')} value={password} onChange={setPassword} />
      {setup.error && <ProblemNotice problem={Problem.from(setup.error)} />}
      <Button type="submit" kind="primary" busy={setup.isPending}>
        {t('setup.submit')}
      </Button>
    </form>
  );
}
