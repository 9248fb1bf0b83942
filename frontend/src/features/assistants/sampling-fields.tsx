import { useTranslation } from 'react-i18next';
import type { Assistant } from '@/shared/api/types';
import { Field } from '@/shared/ui/field/field';
import { TextInput } from '@/shared/ui/field/text-input';

type Sampling = Assistant['sampling'];

interface SamplingFieldsProps {
  value: Sampling;
  onChange: (value: Sampling) => void;
}

const fields = [
  {
    name: 'temperature',
    label: 'assistant.temperature',
    hint: 'assistant.temperatureHint',
    min: 0,
    max: 2,
    step: 'any',
  },
  { name: 'topP', label: 'assistant.topP', hint: 'assistant.topPHint', min: 0.01, max: 1, step: 'any' },
  {
    name: 'answerTokens',
    label: 'assistant.answerTokens',
    hint: 'assistant.answerTokensHint',
    min: 16,
    max: 32_768,
    step: 1,
  },
  { name: 'seed', label: 'assistant.seed', hint: 'assistant.seedHint', min: 0, max: Number.MAX_SAFE_INTEGER, step: 1 },
] as const;

/** How a model chooses its words; an empty field is what is usual. */
export function SamplingFields({ value, onChange }: SamplingFieldsProps) {
  const { t } = useTranslation();
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-1 font-medium">{t('assistant.sampling')}</legend>
      <p className="text-sm text-muted">{t('assistant.samplingHint')}</p>
      <div className="grid gap-4 sm:grid-cols-2">
        {fields.map(({ name, label, hint, ...limits }) => (
          <Field key={name} label={t(label)} hint={t(hint)}>
            {(control) => (
              <TextInput
                {...control}
                {...limits}
                type="number"
                value={value[name] ?? ''}
                onChange={({ target }) =>
                  onChange({ ...value, [name]: target.value === '' ? null : target.valueAsNumber })
                }
              />
            )}
          </Field>
        ))}
      </div>
    </fieldset>
  );
}
