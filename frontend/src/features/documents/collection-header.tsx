import { Ellipsis, PanelLeft, Pencil, ShieldCheck, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Collection } from '@/shared/api/types';
import { Button } from '@/shared/ui/button/button';
import { IconButton } from '@/shared/ui/button/icon-button';
import { Menu } from '@/shared/ui/menu/menu';
import { CollectionDialog } from './collection-dialog';
import { DeleteCollectionDialog } from './delete-collection-dialog';
import { PermissionsDialog } from './permissions-dialog';
import { UploadButton } from './upload-button';

interface CollectionHeaderProps {
  /** None: all documents. */
  collection: Collection | undefined;
  /** None: the person may not add documents here. */
  onFiles?: (files: File[]) => void;
  onShowList?: () => void;
}

export function CollectionHeader({ collection, onFiles, onShowList }: CollectionHeaderProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [dialog, setDialog] = useState<'edit' | 'permissions' | 'delete' | null>(null);
  const close = () => setDialog(null);
  const manages = collection?.access === 'MANAGE';
  return (
    <header className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line px-4 py-3">
      {onShowList && (
        <IconButton icon={PanelLeft} label={t('collection.title')} className="-ml-2" onClick={onShowList} />
      )}
      <div className="min-w-0 flex-1">
        <h1 className="truncate text-lg font-semibold">{collection?.name ?? t('document.all')}</h1>
        {collection?.description && <p className="truncate text-sm text-muted">{collection.description}</p>}
      </div>
      {manages && (
        <Button size="small" className="h-9 max-md:hidden" onClick={() => setDialog('permissions')}>
          <ShieldCheck aria-hidden size={15} />
          {t('permission.action')}
        </Button>
      )}
      {onFiles && <UploadButton onFiles={onFiles} />}
      {manages && (
        <Menu
          trigger={<IconButton icon={Ellipsis} label={t('collection.actions')} />}
          items={[
            { label: t('permission.action'), icon: ShieldCheck, onSelect: () => setDialog('permissions') },
            { label: t('common.edit'), icon: Pencil, onSelect: () => setDialog('edit') },
            { label: t('common.delete'), icon: Trash2, danger: true, onSelect: () => setDialog('delete') },
          ]}
        />
      )}
      {collection && dialog === 'edit' && <CollectionDialog collection={collection} onSaved={close} onClose={close} />}
      {collection && dialog === 'permissions' && <PermissionsDialog collection={collection} onClose={close} />}
      {collection && dialog === 'delete' && (
        <DeleteCollectionDialog collection={collection} onClose={close} onDeleted={() => void navigate('/documents')} />
      )}
    </header>
  );
}
