import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '@/shared/api/problem';
import type { Collection, Permission } from '@/shared/api/types';
import { Button } from '@/shared/ui/button/button';
import { Dialog } from '@/shared/ui/dialog/dialog';
import { ProblemNotice } from '@/shared/ui/notice/problem-notice';
import { Skeleton } from '@/shared/ui/skeleton/skeleton';
import { usePermissions, useSavePermissions } from './collection-queries';
import { GranteeSearch } from './grantee-search';
import { PermissionRow } from './permission-row';

interface PermissionsDialogProps {
  collection: Collection;
  onClose: () => void;
}

const keyOf = ({ grantee }: Permission) => `${grantee.kind}:${grantee.id ?? ''}`;

export function PermissionsDialog({ collection, onClose }: PermissionsDialogProps) {
  const { t } = useTranslation();
  const loaded = usePermissions(collection.id);
  const [edited, setEdited] = useState<Permission[] | null>(null);
  const save = useSavePermissions(collection.id, onClose);
  const permissions = edited ?? loaded.data;
  const change = (changed: Permission) =>
    setEdited((permissions ?? []).map((permission) => (keyOf(permission) === keyOf(changed) ? changed : permission)));
  const add = (added: Permission) => {
    if (permissions && !permissions.some((permission) => keyOf(permission) === keyOf(added)))
      setEdited([...permissions, added]);
  };
  return (
    <Dialog
      title={t('permission.title', { name: collection.name })}
      description={t('permission.text')}
      open
      wide
      onClose={onClose}
    >
      <div className="flex flex-col gap-4">
        {loaded.error && <ProblemNotice problem={Problem.from(loaded.error)} onRetry={() => void loaded.refetch()} />}
        {!permissions && !loaded.error && <Skeleton rows={3} />}
        {permissions && (
          <>
            <GranteeSearch onAdd={add} hasEveryone={permissions.some(({ grantee }) => grantee.kind === 'EVERYONE')} />
            <ul className="divide-y divide-line border-y border-line">
              {permissions.map((permission) => (
                <PermissionRow
                  key={keyOf(permission)}
                  permission={permission}
                  onChange={change}
                  onRemove={() => setEdited(permissions.filter((other) => other !== permission))}
                />
              ))}
            </ul>
          </>
        )}
        {save.error && <ProblemNotice problem={Problem.from(save.error)} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button kind="primary" disabled={!edited} busy={save.isPending} onClick={() => edited && save.mutate(edited)}>
            {t('common.save')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
