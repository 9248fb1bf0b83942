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
import { ModelFactsFields } from './model-facts-fields';

/** One of several files of a model, as llama.cpp names them. */
const partName = /-\d{5}-of-\d{5}\.gguf(?:$|[?#])/;

/** Lets the server fetch a model from an address; nothing else is fetched by that. */
export function FetchDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [url, setUrl] = useState('');
  const [facts, setFacts] = useState({ name: '', licence: '', sha256: '' });
  const inParts = partName.test(url.trim());
  const fetching = useMutation({
    mutationFn: () =>
      json('/models/incoming', {
        method: 'POST',
        body: {
          url: url.trim(),
          name: facts.name.trim() || null,
          licence: facts.licence.trim() || null,
          sha256: inParts ? null : facts.sha256.trim() || null,
        },
      }),
    onSuccess: () => {
      onClose();
      void client.invalidateQueries({ queryKey: keys.incoming });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    fetching.mutate();
  };
  return (
    <Dialog title={t('incoming.fetch')} description={t('incoming.fetchText')} open onClose={onClose}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Field label={t('incoming.url')} {...(inParts ? { hint: t('incoming.partsHint') } : {})}>
          {(control) => (
            <TextInput
              {...control}
              required
              autoFocus
              type="url"
              placeholder="https://models.example/model.gguf"
              maxLength={2000}
              value={url}
              onChange={(event) => setUrl(event.target.value)}
            />
          )}
        </Field>
        <ModelFactsFields facts={facts} onChange={setFacts} checksum={!inParts} />
        {fetching.error && <ProblemNotice problem={Problem.from(fetching.error)} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" kind="primary" busy={fetching.isPending}>
            {t('incoming.fetchAction')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
