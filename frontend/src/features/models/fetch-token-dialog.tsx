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

interface FetchTokenDialogProps {
  /** Whose token is replaced; none: that of another host is added. */
  host?: string;
  onClose: () => void;
}

/** Takes the token of a host; it is sent to the server once and never comes back. */
export function FetchTokenDialog({ host: known, onClose }: FetchTokenDialogProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [host, setHost] = useState(known ?? '');
  const [token, setToken] = useState('');
  const store = useMutation({
    mutationFn: () => json('/models/fetch-tokens', { method: 'PUT', body: { host: host.trim(), token: token.trim() } }),
    onSuccess: () => {
      onClose();
      void client.invalidateQueries({ queryKey: keys.fetchTokens });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    store.mutate();
  };
  return (
    <Dialog
      title={known ? t('fetchToken.replace', { host: known }) : t('fetchToken.add')}
      description={t('fetchToken.addText')}
      open
      onClose={onClose}
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        {!known && (
          <Field label={t('fetchToken.host')} hint={t('fetchToken.hostHint')}>
            {(control) => (
              <TextInput
                {...control}
                required
                autoFocus
                autoComplete="off"
                spellCheck={false}
                placeholder="models.example"
                maxLength={300}
                value={host}
                onChange={(event) => setHost(event.target.value)}
              />
            )}
          </Field>
        )}
        <Field label={t('fetchToken.token')}>
          {(control) => (
            <TextInput
              {...control}
              required
              autoFocus={Boolean(known)}
              type="password"
              autoComplete="off"
              maxLength={4000}
              value={token}
              onChange={(event) => setToken(event.target.value)}
            />
          )}
        </Field>
        {store.error && <ProblemNotice problem={Problem.from(store.error)} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" kind="primary" busy={store.isPending}>
            {t('common.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
