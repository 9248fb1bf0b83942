import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { json } from '@/shared/api/client';
import { keys } from '@/shared/api/keys';
import { Problem } from '@/shared/api/problem';
import type { ApiKey } from '@/shared/api/types';
import { useFormat } from '@/shared/format/use-format';
import { Button } from '@/shared/ui/button/button';
import { IconButton } from '@/shared/ui/button/icon-button';
import { ConfirmDialog } from '@/shared/ui/dialog/confirm-dialog';
import { ProblemNotice } from '@/shared/ui/notice/problem-notice';
import { Card } from '@/shared/ui/page/card';
import { Skeleton } from '@/shared/ui/skeleton/skeleton';
import { NewApiKeyDialog } from './new-api-key-dialog';

export function ApiKeysCard() {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const [creating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  const { data, error, refetch } = useQuery({
    queryKey: keys.apiKeys,
    queryFn: async () => (await json<{ items: ApiKey[] }>('/me/api-keys')).items,
  });
  const revoke = useMutation({
    mutationFn: (id: string) => json(`/me/api-keys/${id}`, { method: 'DELETE' }),
    onSuccess: () => {
      setRevoking(null);
      void client.invalidateQueries({ queryKey: keys.apiKeys });
    },
  });
  return (
    <Card title={t('apiKey.title')} text={t('apiKey.text')}>
      <div className="flex flex-col gap-4">
        {error && <ProblemNotice problem={Problem.from(error)} onRetry={() => void refetch()} />}
        {!data && !error && <Skeleton rows={2} />}
        {data?.length === 0 && <p className="text-sm text-muted">{t('apiKey.none')}</p>}
        {data && data.length > 0 && (
          <ul className="divide-y divide-line border-y border-line">
            {data.map((key) => (
              <li key={key.id} className="flex items-center gap-3 py-3">
                <div className="min-w-0 flex-1">
                  <p className="flex flex-wrap gap-x-3 font-medium">
                    {key.name}
                    <code className="text-sm font-normal text-muted">{`${key.prefix}…`}</code>
                  </p>
                  <p className="text-sm text-muted">
                    {[
                      t('apiKey.created', { date: format.date(key.createdAt) }),
                      key.lastUsedAt
                        ? t('apiKey.lastUsed', { date: format.date(key.lastUsedAt) })
                        : t('apiKey.neverUsed'),
                      key.expiresAt && t('apiKey.expires', { date: format.date(key.expiresAt) }),
                    ]
                      .filter(Boolean)
                      .join(' · ')}
                  </p>
                </div>
                <IconButton
                  icon={Trash2}
                  size="small"
                  label={t('apiKey.revoke', { name: key.name })}
                  onClick={() => setRevoking(key)}
                />
              </li>
            ))}
          </ul>
        )}
        <Button size="small" className="h-9 self-start" onClick={() => setCreating(true)}>
          <Plus aria-hidden size={15} />
          {t('apiKey.new')}
        </Button>
      </div>
      {creating && <NewApiKeyDialog onClose={() => setCreating(false)} />}
      {revoking && (
        <ConfirmDialog
          title={t('apiKey.revoke', { name: revoking.name })}
          action={t('apiKey.revokeSubmit')}
          open
          busy={revoke.isPending}
          problem={revoke.error && Problem.from(revoke.error)}
          onConfirm={() => revoke.mutate(revoking.id)}
          onClose={() => setRevoking(null)}
        >
          <p>{t('apiKey.revokeText')}</p>
        </ConfirmDialog>
      )}
    </Card>
  );
}
