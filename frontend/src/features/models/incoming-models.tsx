import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { json } from '@/shared/api/client';
import { keys } from '@/shared/api/keys';
import { Problem } from '@/shared/api/problem';
import type { IncomingModel, Page } from '@/shared/api/types';
import { ProblemNotice } from '@/shared/ui/notice/problem-notice';
import { AddModel } from './add-model';
import { IncomingRow } from './incoming-row';
import { isUnsent } from './incoming-upload';
import { LocalUploadRow } from './local-upload-row';
import { useModelUploadList } from './model-uploads-context';

const movingMillis = 1000;
const moving = new Set(['WAITING', 'RECEIVING', 'CHECKING']);

/** Models on their way to this server, wherever they come from. */
export function IncomingModels() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const uploads = useModelUploadList();
  const { data, error, refetch } = useQuery({
    queryKey: keys.incoming,
    queryFn: () => json<Page<IncomingModel>>('/models/incoming'),
    refetchInterval: ({ state }) => (state.data?.items.some((item) => moving.has(item.state)) ? movingMillis : false),
  });
  const items = data?.items ?? [];
  const done = items.filter(({ state }) => state === 'DONE').length;
  useEffect(() => {
    if (done > 0) void client.invalidateQueries({ queryKey: keys.registry });
  }, [client, done]);
  const known = new Set(items.map(({ id }) => id));
  const sending = new Map(uploads.map((upload) => [upload.id, upload]));
  const unknown = uploads.filter(({ id }) => !id || !known.has(id));
  return (
    <div className="flex flex-col gap-3">
      {error && <ProblemNotice problem={Problem.from(error)} onRetry={() => void refetch()} />}
      {(items.length > 0 || unknown.length > 0) && (
        <ul aria-label={t('incoming.title')} className="divide-y divide-line rounded-md border border-line">
          {items.map((item) => (
            <IncomingRow key={item.id} incoming={item} upload={sending.get(item.id) ?? null} />
          ))}
          {unknown.map((upload) => (
            <LocalUploadRow key={upload.key} upload={upload} />
          ))}
        </ul>
      )}
      <AddModel unsent={items.filter((item) => isUnsent(item) && !sending.has(item.id))} />
    </div>
  );
}
