import { useTranslation } from 'react-i18next';
import type { AnswerRemote } from '@/shared/api/types';

/** Says what of an answer left the machine, and what was kept back. */
export function AnswerRemoteLine({ remote: { host, sent, withheld } }: { remote: AnswerRemote }) {
  const { t } = useTranslation();
  return (
    <p className="text-sm text-warn">
      {sent ? t('chat.remote.sent', { host }) : t('chat.remote.notSent', { host })}
      {sent && withheld > 0 && ' '}
      {sent && withheld > 0 && t('chat.remote.withheld', { count: withheld })}
    </p>
  );
}
