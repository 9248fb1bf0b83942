import { useTranslation } from 'react-i18next';
import type { AuditEntry } from '@/shared/api/types';
import { useFormat } from '@/shared/format/use-format';

type Fact = AuditEntry['facts'][number];

/** A fact of the audit log in words; one that is not known keeps its name and value. */
export function useFactText(): (fact: Fact) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const changes: Record<string, string> = {
    activated: t('operations.fact.activated'),
    created: t('operations.fact.created'),
    deactivated: t('operations.fact.deactivated'),
    deleted: t('operations.fact.deleted'),
    renamed: t('operations.fact.renamed'),
  };
  const roles: Record<string, string> = {
    ADMINISTRATOR: t('people.administrator'),
    MEMBER: t('people.member'),
  };
  const rights: Record<string, string> = {
    READ: t('permission.read'),
    CONTRIBUTE: t('permission.contribute'),
    MANAGE: t('permission.manage'),
  };
  const right = (name: string, value: string) => t('operations.fact.right', { name, right: rights[value] ?? value });
  return ({ name, value, about }) => {
    switch (name) {
      case 'change':
        return changes[value] ?? value;
      case 'everyone':
        return right(t('permission.everyone'), value);
      case 'grantee':
        return right(about?.label || (about?.id.slice(0, 8) ?? ''), value);
      case 'host':
        return t('operations.fact.host', { host: value });
      case 'members':
        return t('operations.fact.members', { count: Number(value), number: format.number(Number(value)) });
      case 'revision':
        return t('operations.fact.revision', { number: value });
      case 'role':
        return t('operations.fact.role', { role: roles[value] ?? value });
      case 'sha256':
        return t('operations.fact.sha256', { value: `${value.slice(0, 12)}…` });
      case 'version':
        return t('operations.fact.version', { number: value });
      default:
        return `${name}: ${value}`;
    }
  };
}
