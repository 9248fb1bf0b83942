import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useDocumentTitle } from '@/shared/hooks/use-document-title';
import { classNames } from '../class-names';

interface PageProps {
  title: string;
  text?: string;
  /** The page that this one belongs to. */
  back?: { to: string; label: string };
  actions?: ReactNode;
  wide?: boolean;
  children: ReactNode;
}

/** A scrolling page with a heading; for everything but chat and documents, which have panels. */
export function Page({ title, text, back, actions, wide, children }: PageProps) {
  useDocumentTitle(title);
  return (
    <div className="h-full overflow-y-auto">
      <div className={classNames('mx-auto flex flex-col gap-6 px-4 py-6 md:px-8', wide ? 'max-w-6xl' : 'max-w-3xl')}>
        <header className="flex flex-wrap items-start justify-between gap-3">
          <div className="min-w-0">
            {back && (
              <Link to={back.to} className="mb-1 inline-flex items-center gap-1 text-sm text-muted hover:underline">
                <ArrowLeft aria-hidden size={15} />
                {back.label}
              </Link>
            )}
            <h1 className="text-xl font-semibold">{title}</h1>
            {text && <p className="mt-1 text-sm text-muted">{text}</p>}
          </div>
          {actions}
        </header>
        {children}
      </div>
    </div>
  );
}
