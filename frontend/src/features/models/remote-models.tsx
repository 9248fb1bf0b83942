import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { CloudUpload, Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { json } from '@/shared/api/client';
import { keys } from '@/shared/api/keys';
import { Problem } from '@/shared/api/problem';
import type { Page, RemoteGenerator } from '@/shared/api/types';
import { Button } from '@/shared/ui/button/button';
import { ConfirmDialog } from '@/shared/ui/dialog/confirm-dialog';
import { Empty } from '@/shared/ui/empty/empty';
import { ProblemNotice } from '@/shared/ui/notice/problem-notice';
import { Card } from '@/shared/ui/page/card';
import { Skeleton } from '@/shared/ui/skeleton/skeleton';
import { RemoteCard } from './remote-card';
import { RemoteDialog } from './remote-dialog';

interface RemoteModelsProps {
  activeId: string | null;
}

/** Generators on other machines; administrators add, test, activate and remove them here. */
export function RemoteModels({ activeId }: RemoteModelsProps) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery({
    queryKey: keys.remotes,
    queryFn: () => json<Page<RemoteGenerator>>('/models/remote'),
  });
  const [adding, setAdding] = useState(false);
  const [editing, setEditing] = useState<RemoteGenerator | null>(null);
  const [activating, setActivating] = useState<RemoteGenerator | null>(null);
  const [removing, setRemoving] = useState<RemoteGenerator | null>(null);
  return (
    <Card title={t('remote.title')} text={t('remote.text')}>
      {error && <ProblemNotice problem={Problem.from(error)} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton rows={2} />}
      {data?.items.length === 0 && <Empty icon={CloudUpload} title={t('remote.none')} text={t('remote.noneText')} />}
      {data && data.items.length > 0 && (
        <ul className="grid grid-cols-1 gap-3 md:grid-cols-2">
          {data.items.map((remote) => (
            <RemoteCard
              key={remote.id}
              remote={remote}
              active={remote.id === activeId}
              onActivate={() => setActivating(remote)}
              onEdit={() => setEditing(remote)}
              onRemove={() => setRemoving(remote)}
            />
          ))}
        </ul>
      )}
      {data && (
        <div>
          <Button size="small" onClick={() => setAdding(true)}>
            <Plus aria-hidden size={15} />
            {t('remote.add')}
          </Button>
        </div>
      )}
      {adding && <RemoteDialog onClose={() => setAdding(false)} />}
      {editing && <RemoteDialog remote={editing} onClose={() => setEditing(null)} />}
      {activating && (
        <AskDialog
          title={t('remote.activateTitle', { host: activating.host })}
          action={t('model.activate')}
          path={`/models/remote/${activating.id}/active`}
          method="PUT"
          onClose={() => setActivating(null)}
        >
          {t('remote.activateText', { name: activating.name, host: activating.host })}
        </AskDialog>
      )}
      {removing && (
        <AskDialog
          title={t('model.removeTitle', { name: removing.name })}
          action={t('common.delete')}
          path={`/models/remote/${removing.id}`}
          method="DELETE"
          onClose={() => setRemoving(null)}
        >
          {t('remote.removeText')}
        </AskDialog>
      )}
    </Card>
  );
}

interface AskDialogProps {
  title: string;
  action: string;
  path: string;
  method: 'PUT' | 'DELETE';
  onClose: () => void;
  children: string;
}

function AskDialog({ title, action, path, method, onClose, children }: AskDialogProps) {
  const client = useQueryClient();
  const ask = useMutation({
    mutationFn: () => json(path, { method }),
    onSuccess: () => {
      onClose();
      void client.invalidateQueries({ queryKey: keys.models });
    },
  });
  return (
    <ConfirmDialog
      title={title}
      action={action}
      open
      busy={ask.isPending}
      problem={ask.error && Problem.from(ask.error)}
      onConfirm={() => ask.mutate()}
      onClose={onClose}
    >
      <p>{children}</p>
    </ConfirmDialog>
  );
}
