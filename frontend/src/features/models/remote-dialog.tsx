import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { json } from '@/shared/api/client';
import { keys } from '@/shared/api/keys';
import { Problem } from '@/shared/api/problem';
import type { RemoteGenerator } from '@/shared/api/types';
import { Button } from '@/shared/ui/button/button';
import { Dialog } from '@/shared/ui/dialog/dialog';
import { Field } from '@/shared/ui/field/field';
import { TextInput } from '@/shared/ui/field/text-input';
import { ProblemNotice } from '@/shared/ui/notice/problem-notice';

interface RemoteDialogProps {
  /** None: a new one. */
  remote?: RemoteGenerator;
  onClose: () => void;
}

/** Adds or changes a generator with an OpenAI-compatible API; nothing is sent to it by that. */
export function RemoteDialog({ remote, onClose }: RemoteDialogProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [name, setName] = useState(remote?.name ?? '');
  const [address, setAddress] = useState(remote?.address ?? '');
  const [model, setModel] = useState(remote?.model ?? '');
  const [contextTokens, setContextTokens] = useState(String(remote?.contextTokens ?? 32768));
  const [key, setKey] = useState('');
  const [forgetKey, setForgetKey] = useState(false);
  const keyOrNone = key.trim() || (forgetKey ? '' : null);
  const save = useMutation({
    mutationFn: () =>
      json(remote ? `/models/remote/${remote.id}` : '/models/remote', {
        method: remote ? 'PATCH' : 'POST',
        body: {
          name: name.trim(),
          address: address.trim(),
          model: model.trim(),
          contextTokens: Number(contextTokens),
          key: keyOrNone,
        },
      }),
    onSuccess: () => {
      onClose();
      void client.invalidateQueries({ queryKey: keys.remotes });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Dialog
      title={remote ? t('remote.edit', { name: remote.name }) : t('remote.add')}
      description={remote ? t('remote.editText') : t('remote.addText')}
      open
      onClose={onClose}
    >
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
        <Field label={remote?.hasKey ? t('remote.keyKept') : t('remote.keyOptional')}>
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
        {remote?.hasKey && (
          <label className="flex items-center gap-2 text-sm">
            <input
              type="checkbox"
              className="size-4 accent-accent"
              checked={forgetKey}
              onChange={(event) => setForgetKey(event.target.checked)}
            />
            {t('remote.forgetKey')}
          </label>
        )}
        {save.error && <ProblemNotice problem={Problem.from(save.error)} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" kind="primary" busy={save.isPending}>
            {remote ? t('common.save') : t('remote.addAction')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
