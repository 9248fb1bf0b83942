import { Globe, UserRound, Users, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Access, Permission } from '@/shared/api/types';
import { IconButton } from '@/shared/ui/button/icon-button';
import { Select } from '@/shared/ui/field/select';

interface PermissionRowProps {
  permission: Permission;
  onChange: (permission: Permission) => void;
  onRemove: () => void;
}

const icons = { PERSON: UserRound, GROUP: Users, EVERYONE: Globe };

export function PermissionRow({ permission, onChange, onRemove }: PermissionRowProps) {
  const { t } = useTranslation();
  const { grantee, access } = permission;
  const Icon = icons[grantee.kind];
  const name = grantee.kind === 'EVERYONE' ? t('permission.everyone') : grantee.name;
  const labels: Record<Access, string> = {
    READ: t('permission.read'),
    CONTRIBUTE: t('permission.contribute'),
    MANAGE: t('permission.manage'),
  };
  return (
    <li className="flex items-center gap-3 py-2">
      <Icon aria-hidden size={17} className="shrink-0 text-muted" />
      <span className="min-w-0 flex-1 truncate">{name}</span>
      <Select
        aria-label={t('permission.accessOf', { name })}
        value={access}
        onChange={(event) => onChange({ grantee, access: event.target.value as Access })}
      >
        {(['READ', 'CONTRIBUTE', 'MANAGE'] as const).map((value) => (
          <option key={value} value={value}>
            {labels[value]}
          </option>
        ))}
      </Select>
      <IconButton icon={X} size="small" label={t('permission.remove', { name })} onClick={onRemove} />
    </li>
  );
}
