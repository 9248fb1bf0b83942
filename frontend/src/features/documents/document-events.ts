import { useQueryClient, type InfiniteData, type QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { json, request } from '@/shared/api/client';
import { keys } from '@/shared/api/keys';
import { Problem } from '@/shared/api/problem';
import { serverEvents } from '@/shared/api/server-events';
import type { Document, Page } from '@/shared/api/types';
import type { UploadQueue } from './upload-queue';
import { useUploadQueue } from './uploads-context';

type Lists = InfiniteData<Page<Document>>;

const firstPauseMillis = 1000;
const longestPauseMillis = 30_000;

function changeLists(client: QueryClient, change: (items: Document[]) => Document[]): void {
  client.setQueriesData<Lists>(
    { queryKey: keys.documents },
    (lists) => lists && { ...lists, pages: lists.pages.map((page) => ({ ...page, items: change(page.items) })) },
  );
}

/** Puts a document's news where the pages show it; counts change when it reaches an end. */
export function documentChanged(client: QueryClient, document: Document): void {
  changeLists(client, (items) => items.map((item) => (item.id === document.id ? document : item)));
  client.setQueryData<Document>(keys.document(document.id), (old) => old && document);
  if (document.state === 'INDEXED' || document.state === 'FAILED') {
    void client.invalidateQueries({ queryKey: keys.counts });
    void client.invalidateQueries({ queryKey: keys.document(document.id) });
  }
}

export function documentDeleted(client: QueryClient, id: string): void {
  changeLists(client, (items) => items.filter((item) => item.id !== id));
  void client.invalidateQueries({ queryKey: keys.counts });
}

/** Asks for what may have happened while nobody listened. */
async function catchUp(client: QueryClient, queue: UploadQueue, signal: AbortSignal): Promise<void> {
  for (const queryKey of [keys.documents, keys.counts, keys.openDocument]) void client.invalidateQueries({ queryKey });
  for (const id of queue.awaited()) {
    try {
      queue.documentChanged(await json<Document>(`/documents/${id}`, { signal }));
    } catch (error) {
      if (signal.aborted) return;
      if (Problem.from(error).status === 404) queue.documentDeleted(id);
    }
  }
}

/** Listens to the server while the tab is visible, and comes back after every interruption. */
async function listen(signal: AbortSignal, onEvent: (event: string, data: string) => void, onConnected: () => void) {
  let pause = firstPauseMillis;
  while (!signal.aborted) {
    try {
      const response = await request('/documents/events', { accept: 'text/event-stream', signal });
      onConnected();
      for await (const { event, data } of serverEvents(response)) {
        pause = firstPauseMillis;
        onEvent(event, data);
      }
    } catch (error) {
      if (error instanceof Problem && error.status === 401) return;
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
    pause = Math.min(pause * 2, longestPauseMillis);
  }
}

/** Keeps documents current without asking again and again; shows nothing itself. */
export function DocumentEvents(): null {
  const client = useQueryClient();
  const queue = useUploadQueue();
  useEffect(() => {
    let call: AbortController | null = null;
    const onEvent = (event: string, data: string) => {
      if (event === 'document') {
        const document = JSON.parse(data) as Document;
        documentChanged(client, document);
        queue.documentChanged(document);
      } else if (event === 'deleted') {
        const { id } = JSON.parse(data) as { id: string };
        documentDeleted(client, id);
        queue.documentDeleted(id);
      }
    };
    const follow = () => {
      call?.abort();
      call = null;
      if (document.hidden) return;
      const { signal } = (call = new AbortController());
      void listen(signal, onEvent, () => void catchUp(client, queue, signal));
    };
    follow();
    document.addEventListener('visibilitychange', follow);
    return () => {
      document.removeEventListener('visibilitychange', follow);
      call?.abort();
    };
  }, [client, queue]);
  return null;
}
