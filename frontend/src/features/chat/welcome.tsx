import { ArrowRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Problem } from '@/shared/api/problem';
import { useAddSample } from '@/shared/collections/use-add-sample';
import { useCollections } from '@/shared/collections/use-collections';
import { useMe } from '@/shared/session/use-me';
import { Button } from '@/shared/ui/button/button';
import { Notice } from '@/shared/ui/notice/notice';
import { ProblemNotice } from '@/shared/ui/notice/problem-notice';
import { useSuggestions } from './conversation-queries';

/** Before the first question: what can be asked, or how to get something to ask about. */
export function Welcome({ onAsk }: { onAsk: (question: string) => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const collections = useCollections();
  const suggestions = useSuggestions();
  const sample = useAddSample();
  const questions = suggestions.data?.items ?? [];
  const empty = collections.data?.length === 0;
  return (
    <div className="mx-auto flex w-full max-w-3xl flex-col gap-6 px-4 pt-[12vh] pb-6 md:px-8">
      <header>
        <h1 className="text-2xl font-semibold">{t('chat.welcome')}</h1>
        <p className="mt-1 max-w-[68ch] text-muted">{t('chat.welcomeText')}</p>
      </header>
      {collections.error && (
        <ProblemNotice problem={Problem.from(collections.error)} onRetry={() => void collections.refetch()} />
      )}
      {empty && me.role === 'ADMINISTRATOR' && (
        <Notice title={t('chat.nothingYet')}>
          <p>{t('sample.text')}</p>
          <div className="mt-2 flex flex-wrap gap-2">
            <Button kind="primary" size="small" busy={sample.isPending} onClick={() => sample.mutate()}>
              {t('sample.add')}
            </Button>
            <Link
              to="/documents"
              className="inline-flex h-8 items-center rounded-md border border-line bg-surface px-3 text-sm font-medium hover:bg-sunken"
            >
              {t('chat.toDocuments')}
            </Link>
          </div>
          {sample.error && <ProblemNotice problem={Problem.from(sample.error)} />}
        </Notice>
      )}
      {empty && me.role === 'MEMBER' && <Notice title={t('chat.nothingYet')}>{t('chat.nothingYetMember')}</Notice>}
      {questions.length > 0 && (
        <section aria-labelledby="examples">
          <h2 id="examples" className="mb-2 text-sm font-medium text-muted">
            {t('chat.examples')}
          </h2>
          <ul className="flex flex-col gap-2">
            {questions.map(({ question }) => (
              <li key={question}>
                <button
                  type="button"
                  onClick={() => onAsk(question)}
                  className="flex w-full items-center justify-between gap-3 rounded-md border border-line bg-surface px-4 py-3 text-start hover:border-accent"
                >
                  {question}
                  <ArrowRight aria-hidden size={16} className="shrink-0 text-muted" />
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
