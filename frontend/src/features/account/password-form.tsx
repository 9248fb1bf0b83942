import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { json } from '@/shared/api/client';
import { Problem } from '@/shared/api/problem';
import { useMe } from '@/shared/session/use-me';
import { Button } from '@/shared/ui/button/button';
import { Field } from '@/shared/ui/field/field';
import { NewPasswordField } from '@/shared/ui/field/new-password-field';
import { TextInput } from '@/shared/ui/field/text-input';
import { ProblemNotice } from '@/shared/ui/notice/problem-notice';
import { useToast } from '@/shared/ui/toast/toasts';

export function PasswordForm() {
  const { t } = useTranslation();
  const me = useMe();
  const toast = useToast();
  const [currentPassword, setCurrentPassword] = useState('');
  const [newPassword, setNewPassword] = useState('');
  const change = useMutation({
    mutationFn: () => json('/me/password', { method: 'POST', body: { currentPassword, newPassword } }),
    onSuccess: () => {
      setCurrentPassword('');
      setNewPassword('');
      toast({ text: t('account.passwordChanged') });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate();
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      {/* Tells password managers whose password this is. */}
      <input type="text" autoComplete="username" value={me.email} readOnly hidden />
      <Field label={t('account.currentPassword')}>
        {(control) => (
          <TextInput
            {...control}
            required
            type="password"
            autoComplete="current-password"
            value={currentPassword}
            onChange={(event) => setCurrentPassword(event.target.value)}
          />
        )}
      </Field>
      <NewPasswordField label={t('field.newPassword')} value={newPassword} onChange={setNewPassword} />
      {change.error && <ProblemNotice problem={Problem.from(change.error)} />}
      <Button type="submit" className="self-start" busy={change.isPending}>
        {t('account.changePassword')}
      </Button>
    </form>
  );
}
