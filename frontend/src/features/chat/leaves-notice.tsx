import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { json } from '@/shared/api/client';
import { keys } from '@/shared/api/keys';
import type { Models } from '@/shared/api/types';

/** Says before anything is asked that questions leave the machine, and to which host. */
export function LeavesNotice() {
  const { t } = useTranslation();
  const { data } = useQuery({ queryKey: keys.models, queryFn: () => json<Models>('/models'), staleTime: 30_000 });
  const host = data?.generator.host;
  return host ? <p className="px-4 pb-1 text-sm text-warn">{t('chat.remote.leaves', { host })}</p> : null;
}
