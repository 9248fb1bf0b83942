import type { Ref, TextareaHTMLAttributes } from 'react';
import { classNames } from '../class-names';

interface TextAreaProps extends TextareaHTMLAttributes<HTMLTextAreaElement> {
  ref?: Ref<HTMLTextAreaElement>;
}

export function TextArea({ className, ...rest }: TextAreaProps) {
  return (
    <textarea
      className={classNames(
        'w-full rounded-md border border-control bg-surface px-3 py-2 text-base text-ink aria-invalid:border-bad',
        className,
      )}
      {...rest}
    />
  );
}
