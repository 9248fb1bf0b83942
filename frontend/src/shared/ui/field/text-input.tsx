import type { InputHTMLAttributes, Ref } from 'react';
import { classNames } from '../class-names';

interface TextInputProps extends InputHTMLAttributes<HTMLInputElement> {
  ref?: Ref<HTMLInputElement>;
}

export function TextInput({ className, type = 'text', ...rest }: TextInputProps) {
  return (
    <input
      type={type}
      className={classNames(
        'h-10 w-full min-w-0 rounded-md border border-control bg-surface px-3 text-base text-ink aria-invalid:border-bad',
        className,
      )}
      {...rest}
    />
  );
}
