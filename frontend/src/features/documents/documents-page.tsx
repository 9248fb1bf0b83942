import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { useCollections } from '@/shared/collections/use-collections';
import { useDocumentTitle } from '@/shared/hooks/use-document-title';
import { useIsWide } from '@/shared/hooks/use-media-query';
import { Sheet } from '@/shared/ui/sheet/sheet';
import { ChooseCollectionDialog } from './choose-collection-dialog';
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
  const { data: collections } = useCollections();
  const [creating, setCreating] = useState(false);
  const [listOpen, setListOpen] = useState(false);
  const [homeless, setHomeless] = useState<File[] | null>(null);
  const collection = collections?.find(({ id }) => id === collectionId);
  const writable = collections?.filter(({ access }) => access !== 'READ') ?? [];
  const target = collection && collection.access !== 'READ' ? collection : null;
  useDocumentTitle(collection?.name ?? t('nav.documents'));
  const upload = (files: File[]) => {
    if (files.length === 0) return;
    if (target) queue.add(files, target.id);
    else setHomeless(files);
  };
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
          onFiles={writable.length > 0 && (target || !collection) ? upload : undefined}
          onShowList={wide ? undefined : () => setListOpen(true)}
        />
        {collections?.length === 0 ? (
          <NoCollections onNew={newCollection} />
        ) : (
          <DocumentBrowser
            key={collectionId ?? 'all'}
            collectionId={collectionId}
            mayUpload={target !== null}
            onFiles={upload}
          />
        )}
      </div>
      {writable.length > 0 && <DropZone collectionName={target?.name ?? null} onFiles={upload} />}
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
      {homeless && (
        <ChooseCollectionDialog
          files={homeless}
          collections={writable}
          onClose={() => setHomeless(null)}
          onChoose={({ id }) => {
            queue.add(homeless, id);
            setHomeless(null);
          }}
        />
      )}
    </div>
  );
}
