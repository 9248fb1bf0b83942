import { useTranslation } from 'react-i18next';
import { Field } from '@/shared/ui/field/field';
import { TextInput } from '@/shared/ui/field/text-input';
import type { ModelFacts } from './model-uploads';

interface ModelFactsFieldsProps {
  facts: ModelFacts;
  onChange: (facts: ModelFacts) => void;
  /** Whether one can be given: not for a model in parts. */
  checksum?: boolean;
}

/** What the administrator may say of a model that is to come. */
export function ModelFactsFields({ facts, onChange, checksum = true }: ModelFactsFieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <Field label={t('incoming.name')} hint={t('incoming.asInFile')}>
        {(control) => (
          <TextInput
            {...control}
            maxLength={100}
            value={facts.name}
            onChange={(event) => onChange({ ...facts, name: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('incoming.licence')} hint={t('incoming.asInFile')}>
        {(control) => (
          <TextInput
            {...control}
            maxLength={200}
            value={facts.licence}
            onChange={(event) => onChange({ ...facts, licence: event.target.value })}
          />
        )}
      </Field>
      {checksum && (
        <Field label={t('incoming.sha256')} hint={t('incoming.sha256Hint')}>
          {(control) => (
            <TextInput
              {...control}
              spellCheck={false}
              pattern="\s*[0-9a-fA-F]{64}\s*"
              title={t('incoming.sha256Hint')}
              value={facts.sha256}
              onChange={(event) => onChange({ ...facts, sha256: event.target.value })}
            />
          )}
        </Field>
      )}
    </>
  );
}
