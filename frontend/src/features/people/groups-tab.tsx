import { Pencil, Plus, Trash2, Users } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '@/shared/api/problem';
import type { Group } from '@/shared/api/types';
import { Button } from '@/shared/ui/button/button';
import { IconButton } from '@/shared/ui/button/icon-button';
import { ConfirmDialog } from '@/shared/ui/dialog/confirm-dialog';
import { Empty } from '@/shared/ui/empty/empty';
import { ProblemNotice } from '@/shared/ui/notice/problem-notice';
import { Skeleton } from '@/shared/ui/skeleton/skeleton';
import { GroupDialog } from './group-dialog';
import { useDeleteGroup, useGroups } from './people-queries';

type Open = { kind: 'new' } | { kind: 'edit' | 'delete'; group: Group } | null;

export function GroupsTab() {
  const { t } = useTranslation();
  const { data: groups, error, refetch } = useGroups();
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const remove = useDeleteGroup(close);
  return (
    <div className="flex flex-col gap-4">
      <Button kind="primary" size="small" className="h-9 self-end" onClick={() => setOpen({ kind: 'new' })}>
        <Plus aria-hidden size={15} />
        {t('group.new')}
      </Button>
      {error && <ProblemNotice problem={Problem.from(error)} onRetry={() => void refetch()} />}
      {!groups && !error && <Skeleton rows={4} />}
      {groups?.length === 0 && <Empty icon={Users} title={t('group.none')} text={t('group.noneText')} />}
      {groups && groups.length > 0 && (
        <ul className="divide-y divide-line rounded-md border border-line bg-surface">
          {groups.map((group) => (
            <li key={group.id} className="flex items-center gap-2 px-4 py-3">
              <div className="min-w-0 flex-1">
                <p className="truncate font-medium">{group.name}</p>
                <p className="truncate text-sm text-muted">{t('group.members', { count: group.members.length })}</p>
              </div>
              <IconButton
                icon={Pencil}
                size="small"
                label={t('group.edit', { name: group.name })}
                onClick={() => setOpen({ kind: 'edit', group })}
              />
              <IconButton
                icon={Trash2}
                size="small"
                label={t('group.delete', { name: group.name })}
                onClick={() => setOpen({ kind: 'delete', group })}
              />
            </li>
          ))}
        </ul>
      )}
      {open?.kind === 'new' && <GroupDialog onClose={close} />}
      {open?.kind === 'edit' && <GroupDialog group={open.group} onClose={close} />}
      {open?.kind === 'delete' && (
        <ConfirmDialog
          title={t('group.delete', { name: open.group.name })}
          action={t('common.delete')}
          open
          busy={remove.isPending}
          problem={remove.error && Problem.from(remove.error)}
          onConfirm={() => remove.mutate(open.group.id)}
          onClose={close}
        >
          <p>{t('group.deleteText', { count: open.group.members.length })}</p>
        </ConfirmDialog>
      )}
    </div>
  );
}
