import { useTranslation } from 'react-i18next';
import type { Assistant } from '@/shared/api/types';
import { useFormat } from '@/shared/format/use-format';
import { Field } from '@/shared/ui/field/field';
import { TextInput } from '@/shared/ui/field/text-input';

interface RetrievalFieldsProps {
  value: Assistant['retrieval'];
  onChange: (value: Assistant['retrieval']) => void;
}

/** A number field that was emptied has no number. */
const shown = (value: number) => (Number.isNaN(value) ? '' : value);

export function RetrievalFields({ value, onChange }: RetrievalFieldsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  // none chosen: the product's own balance, which is about in the middle
  const weight = value.semanticWeight ?? 0.5;
  return (
    <div className="grid gap-4 sm:grid-cols-3">
      <Field label={t('assistant.passages')} hint={t('assistant.passagesHint')}>
        {(control) => (
          <TextInput
            {...control}
            type="number"
            required
            min={1}
            max={50}
            value={shown(value.passages)}
            onChange={(event) => onChange({ ...value, passages: event.target.valueAsNumber })}
          />
        )}
      </Field>
      <Field label={t('assistant.sentences')} hint={t('assistant.sentencesHint')}>
        {(control) => (
          <TextInput
            {...control}
            type="number"
            required
            min={1}
            max={10}
            value={shown(value.answerSentences)}
            onChange={(event) => onChange({ ...value, answerSentences: event.target.valueAsNumber })}
          />
        )}
      </Field>
      <Field label={t('assistant.weight')} hint={t('assistant.weightHint', { share: format.percent(weight) })}>
        {(control) => (
          <input
            {...control}
            type="range"
            min={0}
            max={1}
            step={0.05}
            value={weight}
            onChange={(event) => onChange({ ...value, semanticWeight: event.target.valueAsNumber })}
            className="h-10 accent-accent"
          />
        )}
      </Field>
    </div>
  );
}
