import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from '../class-names';

const tones = {
  info: { icon: Info, style: 'border-line bg-surface', iconStyle: 'text-accent-strong' },
  good: { icon: CircleCheck, style: 'border-good/40 bg-good-soft', iconStyle: 'text-good' },
  warn: { icon: TriangleAlert, style: 'border-warn/40 bg-warn-soft', iconStyle: 'text-warn' },
  bad: { icon: CircleAlert, style: 'border-bad/40 bg-bad-soft', iconStyle: 'text-bad' },
};

interface NoticeProps {
  tone?: keyof typeof tones;
  title: string;
  role?: 'alert' | 'status' | 'note';
  children?: ReactNode;
}

export function Notice({ tone = 'info', title, role = 'note', children }: NoticeProps) {
  const { icon: Icon, style, iconStyle } = tones[tone];
  return (
    <div role={role} className={classNames('flex gap-3 rounded-md border px-4 py-3', style)}>
      <Icon aria-hidden size={18} className={classNames('mt-0.5 shrink-0', iconStyle)} />
      <div className="flex min-w-0 flex-col gap-1 text-sm">
        <p className="font-medium">{title}</p>
        {children}
      </div>
    </div>
  );
}
