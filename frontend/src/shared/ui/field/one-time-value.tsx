import { CopyButton } from '../button/copy-button';
import { Field } from './field';
import { TextInput } from './text-input';

interface OneTimeValueProps {
  label: string;
  copyLabel: string;
  value: string;
}

/** Something shown once, ready to be copied. */
export function OneTimeValue({ label, copyLabel, value }: OneTimeValueProps) {
  return (
    <Field label={label}>
      {(control) => (
        <div className="flex items-center gap-1">
          <TextInput {...control} readOnly value={value} onFocus={(event) => event.target.select()} />
          <CopyButton text={value} label={copyLabel} />
        </div>
      )}
    </Field>
  );
}
