import { useTranslation } from 'react-i18next';
import type { Document } from '@/shared/api/types';
import { useFormat } from '@/shared/format/use-format';
import { useLanguageName } from '@/shared/format/use-language-name';
import { Tabs } from '@/shared/ui/tabs/tabs';
import { PassageList } from './passage-list';
import { RevisionList } from './revision-list';
import { useFormatName } from './use-format-name';

export function DocumentFacts({ document }: { document: Document }) {
  const { t } = useTranslation();
  const format = useFormat();
  const languageName = useLanguageName();
  const formatName = useFormatName();
  const facts: [string, string | null][] = [
    [t('document.fact.file'), document.fileName],
    [t('document.column.type'), formatName(document.format)],
    [t('document.column.size'), format.bytes(document.bytes)],
    [t('document.column.pages'), document.pages === null ? null : format.number(document.pages)],
    [t('document.fact.language'), document.language && languageName(document.language)],
    [t('document.fact.passages'), document.passages === null ? null : format.number(document.passages)],
    [t('document.fact.revision'), format.number(document.revision)],
    [t('document.column.owner'), document.owner?.name ?? null],
    [t('document.fact.created'), format.dateTime(document.createdAt)],
    [t('document.column.updated'), format.dateTime(document.updatedAt)],
  ];
  const list = (
    <dl className="flex flex-col gap-2 text-sm">
      {facts
        .filter(([, value]) => value !== null)
        .map(([name, value]) => (
          <div key={name} className="flex justify-between gap-4">
            <dt className="shrink-0 text-muted">{name}</dt>
            <dd className="min-w-0 text-end wrap-anywhere">{value}</dd>
          </div>
        ))}
    </dl>
  );
  return (
    <Tabs
      label={t('document.facts')}
      tabs={[
        { value: 'facts', label: t('document.facts'), content: list },
        { value: 'revisions', label: t('document.revisions'), content: <RevisionList documentId={document.id} /> },
        { value: 'passages', label: t('document.fact.passages'), content: <PassageList document={document} /> },
      ]}
    />
  );
}
