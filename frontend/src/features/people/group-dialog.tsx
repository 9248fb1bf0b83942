import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '@/shared/api/problem';
import type { Group } from '@/shared/api/types';
import { useDebounced } from '@/shared/hooks/use-debounced';
import { Button } from '@/shared/ui/button/button';
import { Dialog } from '@/shared/ui/dialog/dialog';
import { Checkbox } from '@/shared/ui/field/checkbox';
import { Field } from '@/shared/ui/field/field';
import { SearchInput } from '@/shared/ui/field/search-input';
import { TextInput } from '@/shared/ui/field/text-input';
import { ProblemNotice } from '@/shared/ui/notice/problem-notice';
import { usePeople, useSaveGroup } from './people-queries';

interface GroupDialogProps {
  group?: Group;
  onClose: () => void;
}

export function GroupDialog({ group, onClose }: GroupDialogProps) {
  const { t } = useTranslation();
  const [name, setName] = useState(group?.name ?? '');
  const [members, setMembers] = useState<ReadonlyMap<string, string>>(
    () => new Map(group?.members.map(({ id, displayName }) => [id, displayName])),
  );
  const [query, setQuery] = useState('');
  const { data } = usePeople(useDebounced(query.trim()));
  const save = useSaveGroup(group?.id, onClose);
  const found = data?.pages.flatMap((page) => page.items) ?? [];
  // Members first while nothing is searched, so that nobody seems to be missing.
  const shown = query.trim() ? new Map<string, string>() : new Map(members);
  for (const { id, displayName } of found) shown.set(id, displayName);
  const toggle = (id: string, displayName: string) => {
    const next = new Map(members);
    if (!next.delete(id)) next.set(id, displayName);
    setMembers(next);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ name: name.trim(), personIds: [...members.keys()] });
  };
  return (
    <Dialog title={group ? t('group.edit', { name: group.name }) : t('group.new')} open onClose={onClose}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Field label={t('field.name')}>
          {(control) => (
            <TextInput
              {...control}
              required
              autoFocus
              maxLength={120}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-1 text-sm font-medium">{t('group.members', { count: members.size })}</legend>
          <SearchInput label={t('people.search')} value={query} onChange={setQuery} />
          <ul className="max-h-56 overflow-y-auto rounded-md border border-line px-3 py-1">
            {[...shown].map(([id, displayName]) => (
              <li key={id}>
                <Checkbox
                  className="min-h-9"
                  label={displayName}
                  checked={members.has(id)}
                  onChange={() => toggle(id, displayName)}
                />
              </li>
            ))}
          </ul>
        </fieldset>
        {save.error && <ProblemNotice problem={Problem.from(save.error)} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" kind="primary" busy={save.isPending}>
            {t('common.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
