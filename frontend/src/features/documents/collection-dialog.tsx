import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '@/shared/api/problem';
import type { Collection } from '@/shared/api/types';
import { Button } from '@/shared/ui/button/button';
import { Dialog } from '@/shared/ui/dialog/dialog';
import { Checkbox } from '@/shared/ui/field/checkbox';
import { Field } from '@/shared/ui/field/field';
import { TextArea } from '@/shared/ui/field/text-area';
import { TextInput } from '@/shared/ui/field/text-input';
import { ProblemNotice } from '@/shared/ui/notice/problem-notice';
import { useSaveCollection } from './collection-queries';

interface CollectionDialogProps {
  /** The one to change; none to make a new one. */
  collection?: Collection;
  onSaved: (collection: Collection) => void;
  onClose: () => void;
}

export function CollectionDialog({ collection, onSaved, onClose }: CollectionDialogProps) {
  const { t } = useTranslation();
  const [name, setName] = useState(collection?.name ?? '');
  const [description, setDescription] = useState(collection?.description ?? '');
  const [mayLeave, setMayLeave] = useState(collection?.mayLeave ?? false);
  const save = useSaveCollection(collection?.id, onSaved);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const text = { name: name.trim(), description: description.trim() };
    save.mutate(collection ? { ...text, mayLeave } : text);
  };
  return (
    <Dialog
      title={collection ? t('collection.edit') : t('collection.new')}
      description={collection ? undefined : t('collection.newText')}
      open
      onClose={onClose}
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Field label={t('field.name')}>
          {(control) => (
            <TextInput
              {...control}
              required
              autoFocus
              maxLength={200}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('field.description')}>
          {(control) => (
            <TextArea
              {...control}
              rows={3}
              value={description}
              onChange={(event) => setDescription(event.target.value)}
            />
          )}
        </Field>
        {collection && (
          <div className="flex flex-col gap-1">
            <Checkbox
              label={t('collection.mayLeave')}
              checked={mayLeave}
              onChange={(event) => setMayLeave(event.target.checked)}
            />
            <p className="text-sm text-muted">{t('collection.mayLeaveText')}</p>
          </div>
        )}
        {save.error && <ProblemNotice problem={Problem.from(save.error)} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" kind="primary" busy={save.isPending}>
            {collection ? t('common.save') : t('collection.create')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
