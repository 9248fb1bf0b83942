import { Search } from 'lucide-react';
import type { InputHTMLAttributes } from 'react';
import { classNames } from '../class-names';

interface SearchInputProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'type'> {
  label: string;
  onChange: (text: string) => void;
}

export function SearchInput({ label, onChange, className, ...rest }: SearchInputProps) {
  return (
    <div className={classNames('relative', className)}>
      <Search aria-hidden size={15} className="pointer-events-none absolute top-2.5 left-3 text-muted" />
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        onChange={(event) => onChange(event.target.value)}
        className="h-9 w-full min-w-0 rounded-md border border-line bg-surface pr-2 pl-8 text-sm text-ink hover:border-control"
        {...rest}
      />
    </div>
  );
}
