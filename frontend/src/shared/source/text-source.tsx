import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { json } from '@/shared/api/client';
import { Problem } from '@/shared/api/problem';
import type { TextRange, TextVersion } from '@/shared/api/types';
import { Button } from '@/shared/ui/button/button';
import { ProblemNotice } from '@/shared/ui/notice/problem-notice';
import { Skeleton } from '@/shared/ui/skeleton/skeleton';
import type { SourceRange } from './source-range';

interface TextSourceProps {
  version: TextVersion;
  range: SourceRange | null;
}

const around = 15_000;
const step = 60_000;
const most = 200_000;

/** The extracted text around the passage, more of it on demand, the passage marked. */
export function TextSource({ version, range }: TextSourceProps) {
  const { t } = useTranslation();
  const [from, setFrom] = useState(() => Math.max(0, (range?.start ?? 0) - around));
  const [to, setTo] = useState(() => Math.min(version.length, (range?.end ?? 0) + around));
  const mark = useRef<HTMLElement>(null);
  const { data, error, refetch, isFetching } = useQuery({
    queryKey: ['text', version.id, from, to],
    queryFn: () => json<TextRange>(`/text-versions/${version.id}/text`, { query: { from, to } }),
    staleTime: Infinity,
    placeholderData: keepPreviousData,
  });
  const loaded = data !== undefined;
  useEffect(() => {
    if (loaded) mark.current?.scrollIntoView({ block: 'center' });
  }, [loaded]);
  if (error) return <ProblemNotice problem={Problem.from(error)} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={8} />;
  const start = range ? Math.max(0, range.start - data.from) : data.text.length;
  const end = range ? Math.max(0, range.end - data.from) : data.text.length;
  const full = to - from >= most;
  return (
    <article aria-label={t('source.textOf', { title: version.title })} className="document-text">
      {data.from > 0 && !full && (
        <Button
          size="small"
          busy={isFetching}
          className="mb-4 font-sans"
          onClick={() => setFrom(Math.max(0, from - step, to - most))}
        >
          {t('source.earlier')}
        </Button>
      )}
      {data.text.slice(0, start)}
      {end > start && (
        <mark ref={mark} data-testid="source-highlight" className="scroll-m-16 rounded-sm bg-mark py-0.5 text-ink">
          {data.text.slice(start, end)}
        </mark>
      )}
      {data.text.slice(end)}
      {data.to < version.length && !full && (
        <Button
          size="small"
          busy={isFetching}
          className="mt-4 font-sans"
          onClick={() => setTo(Math.min(version.length, to + step, from + most))}
        >
          {t('source.later')}
        </Button>
      )}
    </article>
  );
}
