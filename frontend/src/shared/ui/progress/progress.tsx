import { Progress as Primitive } from 'radix-ui';
import { classNames } from '../class-names';

interface ProgressProps {
  label: string;
  /** 0 to 1. */
  value: number;
  tone?: 'accent' | 'bad' | 'good';
}

const tones = { accent: 'bg-accent', bad: 'bg-bad', good: 'bg-good' };

export function Progress({ label, value, tone = 'accent' }: ProgressProps) {
  const percent = Math.round(Math.min(1, Math.max(0, value)) * 100);
  return (
    <Primitive.Root value={percent} aria-label={label} className="h-1 w-full overflow-hidden rounded-full bg-sunken">
      <Primitive.Indicator
        className={classNames('h-full transition-[width] duration-150', tones[tone])}
        style={{ width: `${percent}%` }}
      />
    </Primitive.Root>
  );
}
