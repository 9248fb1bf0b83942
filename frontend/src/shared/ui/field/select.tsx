import { ChevronDown } from 'lucide-react';
import type { SelectHTMLAttributes } from 'react';
import { classNames } from '../class-names';

/** The browser's own list: works by keyboard and on phones, and needs no injected styles. */
export function Select({ className, children, ...rest }: SelectHTMLAttributes<HTMLSelectElement>) {
  return (
    <span className={classNames('relative inline-flex', className)}>
      <select
        className="h-10 w-full appearance-none truncate rounded-md border border-control bg-surface pr-8 pl-3 text-base text-ink"
        {...rest}
      >
        {children}
      </select>
      <ChevronDown aria-hidden size={16} className="pointer-events-none absolute top-3 right-2.5 text-muted" />
    </span>
  );
}
