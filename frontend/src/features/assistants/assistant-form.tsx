import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '@/shared/api/problem';
import type { Assistant } from '@/shared/api/types';
import { Button } from '@/shared/ui/button/button';
import { Field } from '@/shared/ui/field/field';
import { TextArea } from '@/shared/ui/field/text-area';
import { TextInput } from '@/shared/ui/field/text-input';
import { ProblemNotice } from '@/shared/ui/notice/problem-notice';
import type { AssistantDraft } from './assistant-draft';
import { useSaveAssistant } from './assistant-queries';
import { CollectionsField } from './collections-field';
import { RetrievalFields } from './retrieval-fields';
import { SamplingFields } from './sampling-fields';

interface AssistantFormProps {
  /** None: a new one. */
  assistant: Assistant | undefined;
  draft: AssistantDraft;
  onDraft: (draft: AssistantDraft) => void;
  onSaved: (assistant: Assistant) => void;
}

export function AssistantForm({ assistant, draft, onDraft, onSaved }: AssistantFormProps) {
  const { t } = useTranslation();
  const save = useSaveAssistant(assistant?.id, onSaved);
  const set = (changes: Partial<AssistantDraft>) => onDraft({ ...draft, ...changes });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ ...draft, name: draft.name.trim() });
  };
  return (
    <form onSubmit={submit} className="flex min-w-0 flex-col gap-4">
      <Field label={t('field.name')}>
        {(control) => (
          <TextInput
            {...control}
            required
            autoFocus={!assistant}
            maxLength={100}
            value={draft.name}
            onChange={(event) => set({ name: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('field.description')}>
        {(control) => (
          <TextInput
            {...control}
            maxLength={1000}
            value={draft.description}
            onChange={(event) => set({ description: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('assistant.instructions')} hint={t('assistant.instructionsHint')}>
        {(control) => (
          <TextArea
            {...control}
            rows={8}
            maxLength={20_000}
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
      <Field label={t('assistant.adapter')} hint={t('assistant.adapterHint')}>
        {(control) => (
          <TextInput
            {...control}
            maxLength={64}
            value={draft.adapter}
            onChange={(event) => set({ adapter: event.target.value })}
          />
        )}
      </Field>
      <SamplingFields value={draft.sampling} onChange={(sampling) => set({ sampling })} />
      {save.error && <ProblemNotice problem={Problem.from(save.error)} />}
      <Button type="submit" kind="primary" busy={save.isPending} className="self-start">
        {t('common.save')}
      </Button>
    </form>
  );
}
