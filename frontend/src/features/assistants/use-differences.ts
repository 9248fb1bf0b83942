import { useTranslation } from 'react-i18next';
import type { Assistant } from '@/shared/api/types';
import { useCollections } from '@/shared/collections/use-collections';
import { useFormat } from '@/shared/format/use-format';

interface Difference {
  label: string;
  before: string;
  after: string;
}

/** What is not the same in two versions, in words. */
export function useDifferences(before: Assistant, after: Assistant): Difference[] {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: collections = [] } = useCollections();
  const searched = ({ collectionIds, hiddenCollections }: Assistant) => {
    if (collectionIds === null) return t('assistant.everything');
    const names = collections.filter(({ id }) => collectionIds.includes(id)).map(({ name }) => name);
    const hidden = hiddenCollections ? [t('assistant.hidden', { count: hiddenCollections })] : [];
    return [...names, ...hidden].join('\n');
  };
  const weight = ({ retrieval: { semanticWeight } }: Assistant) =>
    semanticWeight === null
      ? t('assistant.weightStandard')
      : t('assistant.weightHint', { share: format.percent(semanticWeight) });
  const chosen = (name: keyof Assistant['sampling']) => (version: Assistant) =>
    version.sampling[name] === null ? t('assistant.usual') : String(version.sampling[name]);
  const fields: [string, (version: Assistant) => string][] = [
    [t('field.name'), ({ name }) => name],
    [t('field.description'), ({ description }) => description],
    [t('assistant.instructions'), ({ instructions }) => instructions],
    [t('assistant.collections'), searched],
    [t('assistant.passages'), ({ retrieval }) => format.number(retrieval.passages)],
    [t('assistant.sentences'), ({ retrieval }) => format.number(retrieval.answerSentences)],
    [t('assistant.weight'), weight],
    [t('assistant.adapter'), ({ adapter }) => adapter ?? ''],
    [t('assistant.temperature'), chosen('temperature')],
    [t('assistant.topP'), chosen('topP')],
    [t('assistant.answerTokens'), chosen('answerTokens')],
    [t('assistant.seed'), chosen('seed')],
  ];
  return fields
    .map(([label, text]) => ({ label, before: text(before), after: text(after) }))
    .filter((difference) => difference.before !== difference.after);
}
