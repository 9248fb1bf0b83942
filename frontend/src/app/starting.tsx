import { Skeleton } from '@/shared/ui/skeleton/skeleton';

/** Shown while the first page is being loaded. */
export function Starting() {
  return <Skeleton rows={3} className="mx-auto max-w-md p-8" />;
}
