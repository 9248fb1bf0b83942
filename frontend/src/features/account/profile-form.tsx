import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { json } from '@/shared/api/client';
import { keys } from '@/shared/api/keys';
import { Problem } from '@/shared/api/problem';
import type { Language, Me } from '@/shared/api/types';
import { Button } from '@/shared/ui/button/button';
import { Field } from '@/shared/ui/field/field';
import { Select } from '@/shared/ui/field/select';
import { TextInput } from '@/shared/ui/field/text-input';
import { ProblemNotice } from '@/shared/ui/notice/problem-notice';
import { useToast } from '@/shared/ui/toast/toasts';

export function ProfileForm({ me }: { me: Me }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const toast = useToast();
  const [displayName, setDisplayName] = useState(me.displayName);
  const [language, setLanguage] = useState(me.language);
  const save = useMutation({
    mutationFn: () => json<Me>('/me', { method: 'PATCH', body: { displayName: displayName.trim(), language } }),
    onSuccess: (changed) => {
      client.setQueryData(keys.session, changed);
      toast({ text: t('common.saved') });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <Field label={t('field.displayName')}>
        {(control) => (
          <TextInput
            {...control}
            required
            autoComplete="name"
            value={displayName}
            onChange={(event) => setDisplayName(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('account.language')}>
        {(control) => (
          <Select {...control} value={language} onChange={(event) => setLanguage(event.target.value as Language)}>
            {/* A language is named in itself, so that whoever needs it can read it. */}
            <option value="en" lang="en">
              English
            </option>
            <option value="zh" lang="zh-Hans">
              简体中文
            </option>
          </Select>
        )}
      </Field>
      {save.error && <ProblemNotice problem={Problem.from(save.error)} />}
      <Button type="submit" className="self-start" busy={save.isPending}>
        {t('common.save')}
      </Button>
    </form>
  );
}
