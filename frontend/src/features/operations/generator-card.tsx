import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { json } from '@/shared/api/client';
import { keys } from '@/shared/api/keys';
import { Problem } from '@/shared/api/problem';
import type { GeneratorStatistics } from '@/shared/api/types';
import { useFormat } from '@/shared/format/use-format';
import { ProblemNotice } from '@/shared/ui/notice/problem-notice';
import { Card } from '@/shared/ui/page/card';
import { Skeleton } from '@/shared/ui/skeleton/skeleton';

/** How often to look. */
const LIVE_MILLIS = 2000;

/** What the active model does now and has done since it was loaded. */
export function GeneratorCard() {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, error } = useQuery({
    queryKey: keys.generatorStatistics,
    queryFn: () => json<GeneratorStatistics>('/models/active/statistics'),
    refetchInterval: LIVE_MILLIS,
  });
  const rounded = (value: number) => format.number(Math.round(value * 10) / 10);
  const times = (of: GeneratorStatistics['queueTime']) =>
    of.count === 0
      ? '–'
      : t('operations.generator.times', {
          mean: format.millis(Math.round(of.meanMillis)),
          most: format.millis(Math.round(of.p95Millis)),
        });
  // A model on another machine tells nothing of these.
  const ofCache = (of: GeneratorStatistics) => [
    [t('operations.generator.batch'), rounded(of.batchSize)],
    [
      t('operations.generator.pages'),
      t('operations.generator.pagesValue', {
        used: format.number(of.pages.used),
        kept: format.number(of.pages.kept),
        all: format.number(of.pages.all),
      }),
    ],
    [
      t('operations.generator.reused'),
      t('operations.generator.reusedValue', {
        reused: format.number(of.tokens.reused),
        share: format.percent(of.tokens.reused / Math.max(1, of.tokens.reused + of.tokens.prompt)),
      }),
    ],
  ];
  const facts = data
    ? [
        [
          t('operations.generator.now'),
          t('operations.generator.nowValue', {
            running: format.number(data.running),
            reading: format.number(data.reading),
            queued: format.number(data.queued),
          }),
        ],
        [t('operations.generator.queueTime'), times(data.queueTime)],
        [t('operations.generator.firstToken'), times(data.firstTokenTime)],
        [
          t('operations.generator.rates'),
          t('operations.generator.ratesValue', {
            reads: rounded(data.promptTokensPerSecond),
            writes: rounded(data.generatedTokensPerSecond),
          }),
        ],
        ...(data.pages.all > 0 ? ofCache(data) : []),
        [t('operations.generator.written'), format.number(data.tokens.generated)],
        [
          t('operations.generator.requests'),
          t('operations.generator.requestsValue', {
            completed: format.number(data.requests.completed),
            cancelled: format.number(data.requests.cancelled),
            failed: format.number(data.requests.failed),
            refused: format.number(data.requests.refused),
          }),
        ],
      ]
    : [];
  return (
    <Card title={t('operations.generator.title')} text={data?.model || t('operations.generator.none')}>
      {error && <ProblemNotice problem={Problem.from(error)} />}
      {!data && !error && <Skeleton rows={3} />}
      {data?.model && (
        <dl className="grid grid-cols-1 gap-x-6 gap-y-1 text-sm md:grid-cols-2">
          {facts.map(([name, value]) => (
            <div key={name} className="flex justify-between gap-3">
              <dt className="text-muted">{name}</dt>
              <dd className="text-end tabular-nums">{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </Card>
  );
}
