import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { json } from '@/shared/api/client';
import { keys } from '@/shared/api/keys';
import { Problem } from '@/shared/api/problem';
import type { CreatedApiKey } from '@/shared/api/types';
import { useFormat } from '@/shared/format/use-format';
import { Button } from '@/shared/ui/button/button';
import { Dialog } from '@/shared/ui/dialog/dialog';
import { Field } from '@/shared/ui/field/field';
import { OneTimeValue } from '@/shared/ui/field/one-time-value';
import { Select } from '@/shared/ui/field/select';
import { TextInput } from '@/shared/ui/field/text-input';
import { ProblemNotice } from '@/shared/ui/notice/problem-notice';

const lifetimes = [30, 90, 365];

export function NewApiKeyDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [days, setDays] = useState('90');
  const create = useMutation({
    mutationFn: () =>
      json<CreatedApiKey>('/me/api-keys', {
        method: 'POST',
        body: { name: name.trim(), expiresInDays: days ? Number(days) : undefined },
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.apiKeys }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate();
  };
  if (create.data) {
    return (
      <Dialog title={t('apiKey.createdTitle')} description={t('apiKey.createdText')} open onClose={onClose}>
        <div className="flex flex-col gap-4">
          <OneTimeValue label={t('apiKey.secret')} copyLabel={t('apiKey.copy')} value={create.data.secret} />
          <Button kind="primary" className="self-end" onClick={onClose}>
            {t('common.done')}
          </Button>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog title={t('apiKey.new')} open onClose={onClose}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Field label={t('field.name')} hint={t('apiKey.nameHint')}>
          {(control) => (
            <TextInput
              {...control}
              required
              autoFocus
              maxLength={120}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('apiKey.lifetime')}>
          {(control) => (
            <Select {...control} value={days} onChange={(event) => setDays(event.target.value)}>
              {lifetimes.map((lifetime) => (
                <option key={lifetime} value={lifetime}>
                  {t('apiKey.days', { count: lifetime, number: format.number(lifetime) })}
                </option>
              ))}
              <option value="">{t('apiKey.unlimited')}</option>
            </Select>
          )}
        </Field>
        {create.error && <ProblemNotice problem={Problem.from(create.error)} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" kind="primary" busy={create.isPending}>
            {t('apiKey.create')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
