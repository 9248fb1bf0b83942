import { useTranslation } from 'react-i18next';
import { useParams, useSearchParams } from 'react-router';
import { Problem } from '@/shared/api/problem';
import { useDocumentTitle } from '@/shared/hooks/use-document-title';
import { SourceViewer } from '@/shared/source/source-viewer';
import { Notice } from '@/shared/ui/notice/notice';
import { ProblemNotice } from '@/shared/ui/notice/problem-notice';
import { Skeleton } from '@/shared/ui/skeleton/skeleton';
import { ScrollRegion } from '@/shared/ui/page/scroll-region';
import { DocumentFacts } from './document-facts';
import { DocumentHeader } from './document-header';
import { useDocument } from './document-queries';
import { DocumentTrouble } from './document-trouble';
import { rangeOf } from './range-of';

/** One document: what it says on the left, what is known about it on the right. */
export function DocumentPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const [parameters] = useSearchParams();
  const { data: document, error, refetch } = useDocument(id);
  useDocumentTitle(document?.title);
  if (error) {
    return (
      <div className="mx-auto max-w-3xl p-4 md:p-8">
        <ProblemNotice problem={Problem.from(error)} onRetry={() => void refetch()} />
      </div>
    );
  }
  if (!document) return <Skeleton rows={10} className="mx-auto max-w-3xl p-4 md:p-8" />;
  const version = parameters.get('version') ?? document.textVersionId;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <DocumentHeader document={document} />
      <div className="min-h-0 flex-1 overflow-y-auto lg:flex lg:overflow-hidden">
        <ScrollRegion label={t('document.preview')} className="min-w-0 flex-1 lg:overflow-y-auto">
          <div className="mx-auto flex max-w-3xl flex-col gap-4 p-4 md:p-8">
            <DocumentTrouble document={document} />
            {version ? (
              <SourceViewer textVersionId={version} range={rangeOf(parameters)} />
            ) : (
              document.state !== 'FAILED' && (
                <Notice title={t('document.notReady')}>{t('document.notReadyText')}</Notice>
              )
            )}
          </div>
        </ScrollRegion>
        <aside
          aria-label={t('document.facts')}
          className="shrink-0 border-t border-line bg-surface p-4 lg:w-88 lg:overflow-y-auto lg:border-t-0 lg:border-l"
        >
          <DocumentFacts document={document} />
        </aside>
      </div>
    </div>
  );
}
