import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { json } from '@/shared/api/client';
import { keys } from '@/shared/api/keys';
import { Problem } from '@/shared/api/problem';
import type { Page, RegisteredAdapter, RegisteredModel } from '@/shared/api/types';
import { useFormat } from '@/shared/format/use-format';
import { Badge } from '@/shared/ui/badge/badge';
import { Button } from '@/shared/ui/button/button';
import { IconButton } from '@/shared/ui/button/icon-button';
import { ConfirmDialog } from '@/shared/ui/dialog/confirm-dialog';
import { FilePicker } from '@/shared/ui/field/file-picker';
import { ProblemNotice } from '@/shared/ui/notice/problem-notice';
import { Skeleton } from '@/shared/ui/skeleton/skeleton';

/** The LoRA adapters of a model: what assistants and programs can have it write with. */
export function ModelAdapters({ model }: { model: RegisteredModel }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const [removing, setRemoving] = useState<RegisteredAdapter | null>(null);
  const path = `/models/registry/${model.id}/adapters`;
  const { data, error, refetch } = useQuery({
    queryKey: keys.adapters(model.id),
    queryFn: () => json<Page<RegisteredAdapter>>(path),
  });
  const changed = () => void client.invalidateQueries({ queryKey: keys.adapters(model.id) });
  const add = useMutation({
    mutationFn: (file: File) => json(path, { method: 'POST', file, query: { fileName: file.name } }),
    onSuccess: changed,
  });
  const remove = useMutation({
    mutationFn: (adapter: RegisteredAdapter) => json(`/models/adapters/${adapter.id}`, { method: 'DELETE' }),
    onSuccess: () => {
      setRemoving(null);
      changed();
    },
  });
  return (
    <div className="flex flex-col gap-2">
      <p className="text-muted">{t('model.adaptersText')}</p>
      {error && <ProblemNotice problem={Problem.from(error)} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton rows={1} />}
      {data && data.items.length > 0 && (
        <ul className="flex flex-col gap-1">
          {data.items.map((adapter) => (
            <li key={adapter.id} className="flex items-center justify-between gap-2">
              <span className="min-w-0 wrap-anywhere">
                {adapter.name}{' '}
                <span className="text-muted">
                  {t('model.adapterFacts', { size: format.bytes(adapter.bytes), count: adapter.matrices })}
                </span>{' '}
                {!adapter.present && <Badge tone="warn">{t('model.fileMissing')}</Badge>}
              </span>
              <IconButton
                label={t('model.remove', { name: adapter.name })}
                icon={Trash2}
                onClick={() => setRemoving(adapter)}
              />
            </li>
          ))}
        </ul>
      )}
      {add.error && <ProblemNotice problem={Problem.from(add.error)} />}
      <FilePicker
        onFiles={([file]) => {
          if (file) add.mutate(file);
        }}
      >
        <Button size="small" className="self-start" busy={add.isPending}>
          <Plus aria-hidden size={15} />
          {t('model.addAdapter')}
        </Button>
      </FilePicker>
      {removing && (
        <ConfirmDialog
          title={t('model.removeTitle', { name: removing.name })}
          action={t('common.delete')}
          open
          busy={remove.isPending}
          problem={remove.error && Problem.from(remove.error)}
          onConfirm={() => remove.mutate(removing)}
          onClose={() => setRemoving(null)}
        >
          <p>{t('model.removeAdapterText')}</p>
        </ConfirmDialog>
      )}
    </div>
  );
}
