import type { InputHTMLAttributes, ReactNode } from 'react';
import { classNames } from '../class-names';

interface CheckboxProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'type'> {
  label: ReactNode;
  labelHidden?: boolean;
}

export function Checkbox({ label, labelHidden, className, ...rest }: CheckboxProps) {
  return (
    <label className={classNames('flex items-center gap-2', className)}>
      <input type="checkbox" className="size-4 shrink-0 accent-accent" {...rest} />
      <span className={labelHidden ? 'sr-only' : 'min-w-0'}>{label}</span>
    </label>
  );
}
