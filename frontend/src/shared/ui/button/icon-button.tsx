import type { LucideIcon } from 'lucide-react';
import type { ButtonHTMLAttributes, Ref } from 'react';
import { classNames } from '../class-names';
import { Tooltip } from '../tooltip/tooltip';

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  icon: LucideIcon;
  label: string;
  active?: boolean;
  /** Off for the first button of a dialog, which has the focus at once and would show it. */
  tooltip?: boolean;
  size?: 'small' | 'medium';
  ref?: Ref<HTMLButtonElement>;
}

/** A button that shows only an icon; its label is its name and its tooltip. */
export function IconButton({
  icon: Icon,
  label,
  active,
  tooltip = true,
  size = 'medium',
  className,
  ...rest
}: IconButtonProps) {
  const button = (
    <button
      type="button"
      aria-label={label}
      className={classNames(
        'inline-flex shrink-0 items-center justify-center rounded-md transition-colors hover:bg-sunken disabled:opacity-50',
        size === 'small' ? 'size-8' : 'size-9',
        active ? 'bg-accent-soft text-accent-strong' : 'text-muted hover:text-ink',
        className,
      )}
      {...rest}
    >
      <Icon aria-hidden size={17} strokeWidth={1.8} />
    </button>
  );
  return tooltip ? <Tooltip text={label}>{button}</Tooltip> : button;
}
