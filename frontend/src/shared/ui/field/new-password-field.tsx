import { useTranslation } from 'react-i18next';
import { Field } from './field';
import { TextInput } from './text-input';

interface NewPasswordFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

const leastLength = 12;

export function NewPasswordField({ label, value, onChange }: NewPasswordFieldProps) {
  const { t } = useTranslation();
  return (
    <Field label={label} hint={t('field.passwordHint', { count: leastLength })}>
      {(control) => (
        <TextInput
          {...control}
          required
          type="password"
          minLength={leastLength}
          autoComplete="new-password"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
