import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { useAttach } from '@/shared/attach/attach-context';
import { useCollections } from '@/shared/collections/use-collections';
import { useDocumentTitle } from '@/shared/hooks/use-document-title';
import { useIsWide } from '@/shared/hooks/use-media-query';
import { Sheet } from '@/shared/ui/sheet/sheet';
import { CollectionDialog } from './collection-dialog';
import { CollectionHeader } from './collection-header';
import { CollectionList } from './collection-list';
import { DocumentBrowser } from './document-browser';
import { DropZone } from './drop-zone';
import { NoCollections } from './no-collections';
import { useUploadQueue } from './uploads-context';

export function DocumentsPage() {
  const { t } = useTranslation();
  const { collectionId } = useParams();
  const navigate = useNavigate();
  const wide = useIsWide();
  const queue = useUploadQueue();
  const attach = useAttach();
  const { data: collections } = useCollections();
  const [creating, setCreating] = useState(false);
  const [listOpen, setListOpen] = useState(false);
  const collection = collections?.find(({ id }) => id === collectionId);
  const target = collection && collection.access !== 'READ' ? collection : null;
  useDocumentTitle(collection?.name ?? t('nav.documents'));
  const upload = target ? (files: File[]) => queue.add(files, target.id) : attach?.add;
  const newCollection = () => {
    setListOpen(false);
    setCreating(true);
  };
  return (
    <div className="flex h-full min-h-0">
      {wide && (
        <div className="w-64 shrink-0 border-r border-line">
          <CollectionList onNew={newCollection} />
        </div>
      )}
      <div className="flex min-w-0 flex-1 flex-col">
        <CollectionHeader
          collection={collection}
          onFiles={target || !collection ? upload : undefined}
          onShowList={wide ? undefined : () => setListOpen(true)}
        />
        {collections?.length === 0 ? (
          <NoCollections onNew={newCollection} />
        ) : (
          <DocumentBrowser
            key={collectionId ?? 'all'}
            collectionId={collectionId}
            onFiles={target ? upload : undefined}
          />
        )}
      </div>
      {upload && <DropZone collectionName={target?.name ?? attach?.collectionName} onFiles={upload} />}
      {!wide && (
        <Sheet title={t('collection.title')} side="left" open={listOpen} onClose={() => setListOpen(false)}>
          <CollectionList onNew={newCollection} onChoose={() => setListOpen(false)} />
        </Sheet>
      )}
      {creating && (
        <CollectionDialog
          onClose={() => setCreating(false)}
          onSaved={({ id }) => {
            setCreating(false);
            void navigate(`/documents/collections/${id}`);
          }}
        />
      )}
    </div>
  );
}
