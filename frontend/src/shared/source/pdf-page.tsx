import type { PDFDocumentProxy } from 'pdfjs-dist';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PageBoxes } from '@/shared/api/types';
import { useIsNearView } from './use-is-near-view';

interface PdfPageProps {
  pdf: PDFDocumentProxy;
  number: number;
  /** Points; the size until the page itself is known. */
  width: number;
  height: number;
  marked: PageBoxes | undefined;
  /** The page to scroll to. */
  isTarget: boolean;
}

const percent = (part: number, whole: number) => `${(100 * part) / whole}%`;

export function PdfPage({ pdf, number, width, height, marked, isTarget }: PdfPageProps) {
  const { t } = useTranslation();
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const target = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width, height });
  const near = useIsNearView(frame);

  useEffect(() => {
    if (isTarget) target.current?.scrollIntoView({ block: 'center' });
  }, [isTarget, marked, size]);

  useEffect(() => {
    if (!near) return;
    let cancel: () => void = () => undefined;
    let left = false;
    const draw = async () => {
      const page = await pdf.getPage(number);
      const natural = page.getViewport({ scale: 1 });
      if (left || !canvas.current || !frame.current) return;
      setSize((old) => (old.width === natural.width && old.height === natural.height ? old : natural));
      const scale = (frame.current.clientWidth / natural.width) * Math.min(devicePixelRatio, 2);
      const viewport = page.getViewport({ scale });
      canvas.current.width = Math.floor(viewport.width);
      canvas.current.height = Math.floor(viewport.height);
      const task = page.render({ canvas: canvas.current, viewport });
      cancel = () => task.cancel();
      await task.promise;
    };
    // A cancelled drawing rejects; a page that cannot be drawn stays blank, and the text view has its words.
    draw().catch(() => undefined);
    return () => {
      left = true;
      cancel();
    };
  }, [near, pdf, number]);

  return (
    <div
      ref={frame}
      role="img"
      aria-label={t('source.page', { page: number })}
      className="relative w-full shrink-0 overflow-hidden rounded-sm border border-line bg-on-accent"
      style={{ aspectRatio: `${size.width} / ${size.height}`, backgroundColor: 'white' }}
    >
      <canvas ref={canvas} className="h-full w-full" />
      {marked?.boxes.map((box, index) => (
        <div
          key={index}
          ref={index === 0 ? target : undefined}
          data-testid="source-highlight"
          className="absolute scroll-m-16 rounded-sm"
          style={{
            left: percent(box.x, marked.width),
            top: percent(box.y, marked.height),
            width: percent(box.width, marked.width),
            height: percent(box.height, marked.height),
            backgroundColor: 'oklch(0.88 0.16 95 / 0.6)',
            mixBlendMode: 'multiply',
          }}
        />
      ))}
    </div>
  );
}
