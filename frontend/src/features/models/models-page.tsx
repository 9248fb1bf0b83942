import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { json } from '@/shared/api/client';
import { keys } from '@/shared/api/keys';
import { Problem } from '@/shared/api/problem';
import type { Models } from '@/shared/api/types';
import { useLanguageName } from '@/shared/format/use-language-name';
import { ProblemNotice } from '@/shared/ui/notice/problem-notice';
import { Card } from '@/shared/ui/page/card';
import { Page } from '@/shared/ui/page/page';
import { Skeleton } from '@/shared/ui/skeleton/skeleton';
import { ActiveGenerator } from './active-generator';
import { BackendCard } from './backend-card';
import { EmbedderCard } from './embedder-card';
import { FetchTokens } from './fetch-tokens';
import { RegisteredModels } from './registered-models';
import { RemoteModels } from './remote-models';

/** How often to look whether a model has been loaded. */
const LOADING_MILLIS = 1500;

/** Which generator answers, on what it runs, and which embedders make documents searchable. */
export function ModelsPage() {
  const { t } = useTranslation();
  const languageName = useLanguageName();
  const { data, error, refetch } = useQuery({
    queryKey: keys.models,
    queryFn: () => json<Models>('/models'),
    refetchInterval: ({ state }) => (state.data?.generator.state === 'LOADING' ? LOADING_MILLIS : false),
  });
  return (
    <Page title={t('nav.models')} text={t('model.text')}>
      {error && <ProblemNotice problem={Problem.from(error)} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton rows={5} />}
      {data && (
        <>
          <ActiveGenerator generator={data.generator} />
          <RegisteredModels
            activeId={data.generator.modelId ?? null}
            wantedId={data.generator.wanted?.id ?? null}
            loading={data.generator.state === 'LOADING'}
          />
          <FetchTokens />
          <RemoteModels activeId={data.generator.modelId ?? null} />
          <BackendCard backend={data.backend} />
          <Card title={t('model.embedders')} text={t('model.embeddersText')}>
            <ul className="grid grid-cols-1 gap-3 md:grid-cols-2">
              {data.embedders.map((embedder) => (
                <EmbedderCard key={embedder.id} embedder={embedder} languageName={languageName(embedder.language)} />
              ))}
            </ul>
          </Card>
        </>
      )}
    </Page>
  );
}
