import { ChevronLeft, ChevronRight, ExternalLink, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { SourceViewer } from '@/shared/source/source-viewer';
import { IconButton } from '@/shared/ui/button/icon-button';
import { ScrollRegion } from '@/shared/ui/page/scroll-region';
import { SourceReasons } from './source-reasons';
import type { OpenedSource } from './use-opened-source';

interface SourcePanelProps {
  opened: OpenedSource;
  /** In a sheet, which has its own heading and way out. */
  bare?: boolean;
}

export function SourcePanel({ opened, bare }: SourcePanelProps) {
  const { t } = useTranslation();
  const { source, previous, next, open, close } = opened;
  if (!source) return null;
  const { documentId, textVersionId, start, end, title, heading, page } = source;
  return (
    <aside aria-label={t('source.title')} className="flex h-full min-h-0 flex-col bg-surface">
      <header className="flex shrink-0 items-start gap-1 border-b border-line py-2 pr-2 pl-4">
        <div className="min-w-0 flex-1 py-1">
          {!bare && <h2 className="truncate font-semibold">{title}</h2>}
          <p className="truncate text-sm text-muted">
            {[heading, page !== null && t('source.page', { page })].filter(Boolean).join(' · ')}
          </p>
          <SourceReasons source={source} />
        </div>
        <IconButton
          icon={ChevronLeft}
          size="small"
          label={t('source.previous')}
          disabled={!previous}
          onClick={() => previous && open(previous.key)}
        />
        <IconButton
          icon={ChevronRight}
          size="small"
          label={t('source.next')}
          disabled={!next}
          onClick={() => next && open(next.key)}
        />
        <Link
          to={`/documents/${documentId}?version=${textVersionId}&from=${start}&to=${end}`}
          aria-label={t('source.openDocument')}
          title={t('source.openDocument')}
          className="inline-flex size-8 items-center justify-center rounded-md text-muted hover:bg-sunken hover:text-ink"
        >
          <ExternalLink aria-hidden size={16} />
        </Link>
        {!bare && <IconButton icon={X} size="small" label={t('common.close')} onClick={close} />}
      </header>
      <ScrollRegion label={title} className="min-h-0 flex-1 overflow-y-auto p-4">
        <SourceViewer textVersionId={textVersionId} range={{ start, end }} />
      </ScrollRegion>
    </aside>
  );
}
