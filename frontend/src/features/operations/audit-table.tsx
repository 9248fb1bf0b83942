import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AuditEntry } from '@/shared/api/types';
import { useFormat } from '@/shared/format/use-format';
import { ScrollRegion } from '@/shared/ui/page/scroll-region';
import { useActionName } from './use-action-name';
import { useFactText } from './use-fact-text';

export function AuditTable({ entries }: { entries: AuditEntry[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const actionName = useActionName();
  const factText = useFactText();
  const heads = [
    t('operations.when'),
    t('operations.who'),
    t('operations.what'),
    t('operations.subject'),
    t('operations.detail'),
    t('operations.address'),
  ];
  const cell = 'px-3 py-2 align-top';
  return (
    <ScrollRegion label={t('operations.audit')} className="overflow-x-auto rounded-md border border-line bg-surface">
      <table className="w-full min-w-2xl border-collapse text-sm">
        <thead>
          <tr className="border-b border-line">
            {heads.map((head) => (
              <th
                key={head}
                scope="col"
                className="px-3 py-2 text-start text-xs font-medium whitespace-nowrap text-muted"
              >
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {entries.map(({ id, at, actor, action, subject, facts, detail, address }) => (
            <tr key={id}>
              <td className={`${cell} whitespace-nowrap`}>{format.dateTime(at)}</td>
              <td className={`${cell} whitespace-nowrap`}>{actor?.name ?? t('operations.system')}</td>
              <td className={`${cell} whitespace-nowrap`}>{actionName(action)}</td>
              <td className={cell}>
                {subject?.label ||
                  (subject?.kind === 'DOCUMENT' && (
                    <Link to={`/documents/${subject.id}`} className="hover:underline">
                      {t('operations.document', { id: subject.id.slice(0, 8) })}
                    </Link>
                  ))}
              </td>
              <td className={`${cell} min-w-40 text-muted wrap-break-word`}>
                {facts.length > 0 ? (
                  <ul>
                    {facts.map((fact, index) => (
                      <li key={index}>{factText(fact)}</li>
                    ))}
                  </ul>
                ) : (
                  detail
                )}
              </td>
              <td className={`${cell} whitespace-nowrap text-muted`}>{address}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
