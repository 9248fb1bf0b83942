import { useQuery } from '@tanstack/react-query';
import type { PDFDocumentProxy } from 'pdfjs-dist';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { address, json } from '@/shared/api/client';
import { Problem } from '@/shared/api/problem';
import type { PageBoxes, TextVersion } from '@/shared/api/types';
import { ProblemNotice } from '@/shared/ui/notice/problem-notice';
import { Skeleton } from '@/shared/ui/skeleton/skeleton';
import { PdfPage } from './pdf-page';
import type { SourceRange } from './source-range';

interface PdfSourceProps {
  version: TextVersion;
  range: SourceRange | null;
}

interface Opened {
  pdf: PDFDocumentProxy;
  width: number;
  height: number;
}

/** The pages of a PDF; highlights are the boxes stored at extraction, never a text search here. */
export function PdfSource({ version, range }: PdfSourceProps) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState<Opened | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const url = address(`/documents/${version.documentId}/revisions/${version.revision}/original`);
  const boxes = useQuery({
    queryKey: ['boxes', version.id, range?.start, range?.end],
    queryFn: () =>
      json<{ items: PageBoxes[] }>(`/text-versions/${version.id}/boxes`, {
        query: { from: range?.start, to: range?.end },
      }),
    enabled: range !== null,
    staleTime: Infinity,
  });

  useEffect(() => {
    let closed = false;
    let close: () => void = () => undefined;
    const open = async () => {
      const { openPdf } = await import('./open-pdf');
      if (closed) return;
      const task = openPdf(url);
      close = task.close;
      const pdf = await task.document;
      const { width, height } = (await pdf.getPage(1)).getViewport({ scale: 1 });
      if (!closed) setOpened({ pdf, width, height });
    };
    open().catch((error: unknown) => {
      if (!closed) setProblem(Problem.from(error));
    });
    return () => {
      closed = true;
      close();
    };
  }, [url]);

  if (problem) return <ProblemNotice problem={problem} />;
  if (!opened || (range && boxes.isPending)) return <Skeleton rows={8} />;
  const marked = boxes.data?.items ?? [];
  const first = marked[0]?.page;
  return (
    <div role="group" aria-label={t('source.pagesOf', { title: version.title })} className="flex flex-col gap-3">
      {Array.from({ length: opened.pdf.numPages }, (_, index) => index + 1).map((number) => (
        <PdfPage
          key={number}
          pdf={opened.pdf}
          number={number}
          width={opened.width}
          height={opened.height}
          marked={marked.find((page) => page.page === number)}
          isTarget={number === first}
        />
      ))}
    </div>
  );
}
