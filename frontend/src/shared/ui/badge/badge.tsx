import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from '../class-names';

export type Tone = 'neutral' | 'accent' | 'good' | 'warn' | 'bad';

const tones: Record<Tone, string> = {
  neutral: 'bg-sunken text-muted',
  accent: 'bg-accent-soft text-accent-strong',
  good: 'bg-good-soft text-good',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
};

interface BadgeProps {
  tone?: Tone;
  /** Breaks a long text over lines instead of cutting it. */
  wraps?: boolean;
  icon?: LucideIcon;
  children: ReactNode;
}

export function Badge({ tone = 'neutral', wraps, icon: Icon, children }: BadgeProps) {
  return (
    <span
      className={classNames(
        'inline-flex min-h-6 max-w-full items-center gap-1 rounded-sm px-2 text-xs font-medium',
        wraps ? 'py-0.5' : 'whitespace-nowrap',
        tones[tone],
      )}
    >
      {Icon && <Icon aria-hidden size={13} className="shrink-0" />}
      <span className={wraps ? undefined : 'truncate'}>{children}</span>
    </span>
  );
}
