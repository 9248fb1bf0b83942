import type { ReactNode } from 'react';
import { useDocumentTitle } from '@/shared/hooks/use-document-title';

interface EntryPageProps {
  title: string;
  text?: string;
  children: ReactNode;
}

/** The page of somebody not signed in yet: one card in the middle. */
export function EntryPage({ title, text, children }: EntryPageProps) {
  useDocumentTitle(title);
  return (
    <main className="h-full overflow-y-auto bg-canvas px-4 py-10">
      <div className="mx-auto flex max-w-md flex-col gap-6">
        <p className="flex items-center gap-2 text-lg font-semibold">
          <img src="/icon.svg" alt="" width={28} height={28} />
          Witan
        </p>
        <div className="rounded-md border border-line bg-surface p-6">
          <h1 className="text-xl font-semibold">{title}</h1>
          {text && <p className="mt-1 text-sm text-muted">{text}</p>}
          <div className="mt-6">{children}</div>
        </div>
      </div>
    </main>
  );
}
