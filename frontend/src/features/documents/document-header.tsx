import { ArrowLeft, Download, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { address } from '@/shared/api/client';
import type { Document } from '@/shared/api/types';
import { useCollections } from '@/shared/collections/use-collections';
import { IconButton } from '@/shared/ui/button/icon-button';
import { DeleteDocumentsDialog } from './delete-documents-dialog';
import { DocumentState } from './document-state';

const iconLink =
  'inline-flex size-9 shrink-0 items-center justify-center rounded-md text-muted hover:bg-sunken hover:text-ink';

export function DocumentHeader({ document }: { document: Document }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { data: collections } = useCollections();
  const [deleting, setDeleting] = useState(false);
  const collection = collections?.find(({ id }) => id === document.collectionId);
  const home = `/documents/collections/${document.collectionId}`;
  return (
    <header className="flex shrink-0 items-center gap-2 border-b border-line px-4 py-3">
      <Link to={home} aria-label={t('document.back')} title={t('document.back')} className={`${iconLink} -ml-2`}>
        <ArrowLeft aria-hidden size={17} />
      </Link>
      <div className="min-w-0 flex-1">
        <h1 className="truncate text-lg font-semibold">{document.title}</h1>
        {collection && (
          <Link to={home} className="block truncate text-sm text-muted hover:underline">
            {collection.name}
          </Link>
        )}
      </div>
      <DocumentState document={document} />
      <a
        href={address(`/documents/${document.id}/revisions/${document.revision}/original`)}
        download={document.fileName}
        aria-label={t('document.download')}
        title={t('document.download')}
        className={iconLink}
      >
        <Download aria-hidden size={17} />
      </a>
      {collection && collection.access !== 'READ' && (
        <IconButton icon={Trash2} label={t('common.delete')} onClick={() => setDeleting(true)} />
      )}
      {deleting && (
        <DeleteDocumentsDialog
          documents={[document]}
          onClose={() => setDeleting(false)}
          onDeleted={() => void navigate(home)}
        />
      )}
    </header>
  );
}
