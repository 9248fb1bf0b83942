import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '@/shared/api/problem';
import type { Assistant } from '@/shared/api/types';
import { Button } from '@/shared/ui/button/button';
import { Dialog } from '@/shared/ui/dialog/dialog';
import { Field } from '@/shared/ui/field/field';
import { TextArea } from '@/shared/ui/field/text-area';
import { TextInput } from '@/shared/ui/field/text-input';
import { ProblemNotice } from '@/shared/ui/notice/problem-notice';
import { AssistantTrial } from './assistant-trial';
import { CollectionsField } from './collections-field';
import { RetrievalFields } from './retrieval-fields';
import { useSaveAssistant, type AssistantDraft } from './assistant-queries';

interface AssistantDialogProps {
  assistant?: Assistant;
  onClose: () => void;
}

const empty: AssistantDraft = {
  name: '',
  description: '',
  instructions: '',
  collectionIds: null,
  retrieval: { passages: 12, semanticWeight: null, answerSentences: 4 },
};

export function AssistantDialog({ assistant, onClose }: AssistantDialogProps) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<AssistantDraft>(assistant ?? empty);
  const save = useSaveAssistant(assistant?.id, onClose);
  const set = (changes: Partial<AssistantDraft>) => setDraft((old) => ({ ...old, ...changes }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { name, description, instructions, collectionIds, retrieval } = draft;
    save.mutate({ name: name.trim(), description, instructions, collectionIds, retrieval });
  };
  return (
    <Dialog
      title={assistant ? t('assistant.edit', { name: assistant.name }) : t('assistant.new')}
      open
      wide
      onClose={onClose}
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Field label={t('field.name')}>
          {(control) => (
            <TextInput
              {...control}
              required
              autoFocus
              maxLength={120}
              value={draft.name}
              onChange={(event) => set({ name: event.target.value })}
            />
          )}
        </Field>
        <Field label={t('field.description')}>
          {(control) => (
            <TextInput
              {...control}
              value={draft.description ?? ''}
              onChange={(event) => set({ description: event.target.value })}
            />
          )}
        </Field>
        <Field label={t('assistant.instructions')} hint={t('assistant.instructionsHint')}>
          {(control) => (
            <TextArea
              {...control}
              rows={4}
              value={draft.instructions}
              onChange={(event) => set({ instructions: event.target.value })}
            />
          )}
        </Field>
        <CollectionsField
          value={draft.collectionIds}
          hidden={assistant?.hiddenCollections ?? 0}
          onChange={(collectionIds) => set({ collectionIds })}
        />
        <RetrievalFields value={draft.retrieval} onChange={(retrieval) => set({ retrieval })} />
        <AssistantTrial assistantId={assistant?.id} draft={draft} />
        {save.error && <ProblemNotice problem={Problem.from(save.error)} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" kind="primary" busy={save.isPending}>
            {t('common.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
