import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { json } from '@/shared/api/client';
import { keys } from '@/shared/api/keys';
import { Problem } from '@/shared/api/problem';
import type { TextVersion } from '@/shared/api/types';
import { Notice } from '@/shared/ui/notice/notice';
import { ProblemNotice } from '@/shared/ui/notice/problem-notice';
import { Skeleton } from '@/shared/ui/skeleton/skeleton';
import { PdfSource } from './pdf-source';
import type { SourceRange } from './source-range';
import { TextSource } from './text-source';
import { ViewSwitch, type SourceView } from './view-switch';

interface SourceViewerProps {
  textVersionId: string;
  range: SourceRange | null;
}

const storageKey = 'witan.source-view';

/** One text version, opened at a passage: as text for every format, as pages for PDF. */
export function SourceViewer({ textVersionId, range }: SourceViewerProps) {
  const { t } = useTranslation();
  const [view, setView] = useState<SourceView>(() => (localStorage.getItem(storageKey) === 'pages' ? 'pages' : 'text'));
  const { data, error, refetch } = useQuery({
    queryKey: keys.textVersion(textVersionId),
    queryFn: () => json<TextVersion>(`/text-versions/${textVersionId}`),
  });
  const choose = (next: SourceView) => {
    localStorage.setItem(storageKey, next);
    setView(next);
  };
  if (error) return <ProblemNotice problem={Problem.from(error)} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={8} />;
  const isPdf = data.format === 'PDF';
  return (
    <div className="flex flex-col gap-3">
      {!data.current && <Notice tone="warn" title={t('source.oldRevision', { revision: data.revision })} />}
      {isPdf && <ViewSwitch view={view} onChange={choose} />}
      {isPdf && view === 'pages' ? (
        <PdfSource key={data.id} version={data} range={range} />
      ) : (
        <TextSource key={`${data.id}:${range?.start ?? ''}:${range?.end ?? ''}`} version={data} range={range} />
      )}
    </div>
  );
}
