import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { address } from '@/shared/api/client';
import { Problem } from '@/shared/api/problem';
import { useFormat } from '@/shared/format/use-format';
import { useProblemText } from '@/shared/problems/use-problem-text';
import { Badge } from '@/shared/ui/badge/badge';
import { CopyButton } from '@/shared/ui/button/copy-button';
import { ProblemNotice } from '@/shared/ui/notice/problem-notice';
import { Skeleton } from '@/shared/ui/skeleton/skeleton';
import { useRevisions } from './document-queries';

export function RevisionList({ documentId }: { documentId: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const problemText = useProblemText();
  const { data: revisions, error, refetch } = useRevisions(documentId);
  if (error) return <ProblemNotice problem={Problem.from(error)} onRetry={() => void refetch()} />;
  if (!revisions) return <Skeleton rows={3} />;
  return (
    <ol className="flex flex-col gap-4 text-sm">
      {revisions.map((revision) => (
        <li key={revision.number} className="flex flex-col gap-1">
          <p className="flex items-center gap-2 font-medium">
            {t('source.revision', { revision: revision.number })}
            {revision.current && <Badge tone="good">{t('document.current')}</Badge>}
          </p>
          <p className="text-muted">
            {t('document.uploadedBy', {
              name: revision.uploadedBy?.name ?? '–',
              date: format.dateTime(revision.uploadedAt),
            })}
          </p>
          <p className="text-muted">{`${revision.fileName} · ${format.bytes(revision.bytes)}`}</p>
          {revision.problem && <p className="text-bad">{problemText(revision.problem).line}</p>}
          <p className="flex items-center gap-1 text-xs text-muted">
            <span className="truncate">{t('document.checksum', { value: revision.sha256.slice(0, 16) })}</span>
            <CopyButton text={revision.sha256} label={t('document.copyChecksum')} />
          </p>
          <p className="flex gap-3">
            {revision.textVersionId && (
              <Link to={`?version=${revision.textVersionId}`} className="text-accent-strong underline">
                {t('document.showRevision')}
              </Link>
            )}
            <a
              href={address(`/documents/${documentId}/revisions/${revision.number}/original`)}
              download={revision.fileName}
              className="text-accent-strong underline"
            >
              {t('document.download')}
            </a>
          </p>
        </li>
      ))}
    </ol>
  );
}
