import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound, Pencil, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { json } from '@/shared/api/client';
import { keys } from '@/shared/api/keys';
import { Problem } from '@/shared/api/problem';
import type { FetchToken, Page } from '@/shared/api/types';
import { useFormat } from '@/shared/format/use-format';
import { Button } from '@/shared/ui/button/button';
import { IconButton } from '@/shared/ui/button/icon-button';
import { ConfirmDialog } from '@/shared/ui/dialog/confirm-dialog';
import { Empty } from '@/shared/ui/empty/empty';
import { ProblemNotice } from '@/shared/ui/notice/problem-notice';
import { Card } from '@/shared/ui/page/card';
import { Skeleton } from '@/shared/ui/skeleton/skeleton';
import { FetchTokenDialog } from './fetch-token-dialog';

/** Hosts that are shown a token when models are fetched from them; the tokens themselves nobody sees again. */
export function FetchTokens() {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, error, refetch } = useQuery({
    queryKey: keys.fetchTokens,
    queryFn: () => json<Page<FetchToken>>('/models/fetch-tokens'),
  });
  const [adding, setAdding] = useState(false);
  const [replacing, setReplacing] = useState<FetchToken | null>(null);
  const [removing, setRemoving] = useState<FetchToken | null>(null);
  return (
    <Card title={t('fetchToken.title')} text={t('fetchToken.text')}>
      {error && <ProblemNotice problem={Problem.from(error)} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton rows={1} />}
      {data?.items.length === 0 && (
        <Empty icon={KeyRound} title={t('fetchToken.none')} text={t('fetchToken.noneText')} />
      )}
      {data && data.items.length > 0 && (
        <ul aria-label={t('fetchToken.title')} className="divide-y divide-line rounded-md border border-line text-sm">
          {data.items.map((token) => (
            <li key={token.host} className="flex items-center justify-between gap-3 px-4 py-2">
              <span className="flex min-w-0 flex-col">
                <span className="font-medium wrap-anywhere">{token.host}</span>
                <span className="text-muted">{t('fetchToken.stored', { date: format.dateTime(token.storedAt) })}</span>
              </span>
              <span className="flex shrink-0">
                <IconButton
                  label={t('fetchToken.replace', { host: token.host })}
                  icon={Pencil}
                  onClick={() => setReplacing(token)}
                />
                <IconButton
                  label={t('fetchToken.remove', { host: token.host })}
                  icon={Trash2}
                  onClick={() => setRemoving(token)}
                />
              </span>
            </li>
          ))}
        </ul>
      )}
      {data && (
        <div className="mt-3">
          <Button size="small" onClick={() => setAdding(true)}>
            <Plus aria-hidden size={15} />
            {t('fetchToken.add')}
          </Button>
        </div>
      )}
      {adding && <FetchTokenDialog onClose={() => setAdding(false)} />}
      {replacing && <FetchTokenDialog host={replacing.host} onClose={() => setReplacing(null)} />}
      {removing && <RemoveDialog host={removing.host} onClose={() => setRemoving(null)} />}
    </Card>
  );
}

function RemoveDialog({ host, onClose }: { host: string; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: () => json('/models/fetch-tokens', { method: 'DELETE', query: { host } }),
    onSuccess: () => {
      onClose();
      void client.invalidateQueries({ queryKey: keys.fetchTokens });
    },
  });
  return (
    <ConfirmDialog
      title={t('fetchToken.removeTitle', { host })}
      action={t('common.delete')}
      open
      busy={remove.isPending}
      problem={remove.error && Problem.from(remove.error)}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    >
      <p>{t('fetchToken.removeText', { host })}</p>
    </ConfirmDialog>
  );
}
