import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { json } from '@/shared/api/client';
import { keys } from '@/shared/api/keys';
import { Problem } from '@/shared/api/problem';
import { Button } from '@/shared/ui/button/button';
import { Dialog } from '@/shared/ui/dialog/dialog';
import { Field } from '@/shared/ui/field/field';
import { TextInput } from '@/shared/ui/field/text-input';
import { ProblemNotice } from '@/shared/ui/notice/problem-notice';

/** Adds a generator with an OpenAI-compatible API; nothing is sent to it by that. */
export function AddRemoteDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [address, setAddress] = useState('');
  const [model, setModel] = useState('');
  const [contextTokens, setContextTokens] = useState('32768');
  const [key, setKey] = useState('');
  const add = useMutation({
    mutationFn: () =>
      json('/models/remote', {
        method: 'POST',
        body: {
          name: name.trim(),
          address: address.trim(),
          model: model.trim(),
          contextTokens: Number(contextTokens),
          key: key.trim() || null,
        },
      }),
    onSuccess: () => {
      onClose();
      void client.invalidateQueries({ queryKey: keys.remotes });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate();
  };
  return (
    <Dialog title={t('remote.add')} description={t('remote.addText')} open onClose={onClose}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Field label={t('field.name')}>
          {(control) => (
            <TextInput
              {...control}
              required
              autoFocus
              maxLength={100}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('remote.address')}>
          {(control) => (
            <TextInput
              {...control}
              required
              type="url"
              placeholder="http://gpu.example:8000/v1"
              maxLength={500}
              value={address}
              onChange={(event) => setAddress(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('remote.model')}>
          {(control) => (
            <TextInput
              {...control}
              required
              maxLength={200}
              value={model}
              onChange={(event) => setModel(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('remote.context')}>
          {(control) => (
            <TextInput
              {...control}
              required
              type="number"
              min={1024}
              max={4194304}
              value={contextTokens}
              onChange={(event) => setContextTokens(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('remote.keyOptional')}>
          {(control) => (
            <TextInput
              {...control}
              type="password"
              autoComplete="off"
              maxLength={4000}
              value={key}
              onChange={(event) => setKey(event.target.value)}
            />
          )}
        </Field>
        {add.error && <ProblemNotice problem={Problem.from(add.error)} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" kind="primary" busy={add.isPending}>
            {t('remote.addAction')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
