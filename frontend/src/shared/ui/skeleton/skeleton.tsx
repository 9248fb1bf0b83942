import { useTranslation } from 'react-i18next';
import { classNames } from '../class-names';

interface SkeletonProps {
  rows?: number;
  className?: string;
}

/** The shape of a list that is being loaded. */
export function Skeleton({ rows = 4, className }: SkeletonProps) {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t('common.loading')} className={classNames('flex flex-col gap-2', className)}>
      {Array.from({ length: rows }, (_, row) => (
        <div
          key={row}
          className={classNames(
            'h-9 animate-pulse rounded-md bg-sunken',
            row % 3 === 1 && 'w-11/12',
            row % 3 === 2 && 'w-4/5',
          )}
        />
      ))}
    </div>
  );
}
