import { useTranslation } from 'react-i18next';

const labels = {
  answerSentences: 'assistant.sentences',
  answerTokens: 'assistant.answerTokens',
  collectionIds: 'assistant.collections',
  currentPassword: 'account.currentPassword',
  description: 'field.description',
  displayName: 'field.displayName',
  email: 'field.email',
  host: 'fetchToken.host',
  instructions: 'assistant.instructions',
  name: 'field.name',
  newPassword: 'field.newPassword',
  passages: 'assistant.passages',
  password: 'field.password',
  query: 'nav.search',
  question: 'chat.question',
  role: 'field.role',
  seed: 'assistant.seed',
  semanticWeight: 'assistant.weight',
  sha256: 'model.checksum',
  temperature: 'assistant.temperature',
  text: 'chat.question',
  title: 'chat.title',
  token: 'fetchToken.token',
  topP: 'assistant.topP',
  url: 'incoming.url',
} as const;

const isLabelled = (name: string): name is keyof typeof labels => Object.hasOwn(labels, name);

/** What the pages call a field of a request, such as `retrieval.passages`; one they do not show keeps its name. */
export function useFieldLabel(): (field: string) => string {
  const { t } = useTranslation();
  return (field) => {
    const name = field.replace(/\[\d+\]/g, '').replace(/^.*\./, '');
    return isLabelled(name) ? t(labels[name]) : field;
  };
}
