import { ArrowDown, ArrowUp } from 'lucide-react';
import { classNames } from '@/shared/ui/class-names';

interface SortHeaderProps {
  label: string;
  active: boolean;
  direction: 'asc' | 'desc';
  className?: string;
  onSort: () => void;
}

export function SortHeader({ label, active, direction, className, onSort }: SortHeaderProps) {
  const Icon = direction === 'asc' ? ArrowUp : ArrowDown;
  return (
    <th
      scope="col"
      aria-sort={active ? (direction === 'asc' ? 'ascending' : 'descending') : 'none'}
      className={classNames('px-1 py-1 text-start', className)}
    >
      <button
        type="button"
        onClick={onSort}
        className={classNames(
          'inline-flex h-7 items-center gap-1 rounded-sm whitespace-nowrap px-2 text-xs font-medium hover:bg-sunken',
          active ? 'text-ink' : 'text-muted',
        )}
      >
        {label}
        {active && <Icon aria-hidden size={13} />}
      </button>
    </th>
  );
}
