import { Problem } from '@/shared/api/problem';
import type { Document, UploadResult } from '@/shared/api/types';

export type UploadPhase = 'WAITING' | 'SENDING' | 'PROCESSING' | 'DONE' | 'DUPLICATE' | 'FAILED' | 'CANCELLED';

export interface Upload {
  key: number;
  file: File;
  collectionId: string;
  phase: UploadPhase;
  sentBytes: number;
  bytesPerSecond: number | null;
  document: Document | null;
  duplicateOf: { id: string; title: string } | null;
  newRevision: boolean;
  problem: Problem | null;
}

export type SendFile = (
  collectionId: string,
  file: File,
  onProgress: (sentBytes: number, totalBytes: number) => void,
  signal: AbortSignal,
) => Promise<UploadResult>;

const atOnce = 3;
const settled: ReadonlySet<UploadPhase> = new Set(['DONE', 'DUPLICATE', 'FAILED', 'CANCELLED']);

export const isSettled = ({ phase }: Upload) => settled.has(phase);

function phaseOf(document: Document): UploadPhase {
  if (document.state === 'INDEXED') return 'DONE';
  return document.state === 'FAILED' ? 'FAILED' : 'PROCESSING';
}

function problemOf({ problem }: Document): Problem | null {
  return problem && new Problem(problem, 0, null);
}

/** Files on their way, a few at a time; outlives any page. Snapshots are immutable. */
export class UploadQueue {
  private uploads: readonly Upload[] = [];
  private readonly calls = new Map<number, AbortController>();
  private readonly listeners = new Set<() => void>();
  private nextKey = 1;

  constructor(
    private readonly send: SendFile,
    private readonly onStored: (document: Document) => void,
    private readonly now: () => number = () => performance.now(),
  ) {}

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  snapshot = (): readonly Upload[] => this.uploads;

  add(files: File[], collectionId: string): void {
    const added = files.map((file): Upload => ({ ...fresh, key: this.nextKey++, file, collectionId }));
    this.set([...this.uploads, ...added]);
    this.pump();
  }

  cancel(key: number): void {
    this.calls.get(key)?.abort();
    this.change(key, { phase: 'CANCELLED' });
  }

  retry(key: number): void {
    this.change(key, fresh);
    this.pump();
  }

  clearSettled(): void {
    this.set(this.uploads.filter((upload) => !isSettled(upload)));
  }

  /** News from the server about a document that may be one of these. */
  documentChanged(document: Document): void {
    const upload = this.uploads.find((candidate) => candidate.document?.id === document.id);
    if (!upload || upload.phase === 'DUPLICATE') return;
    this.change(upload.key, { document, phase: phaseOf(document), problem: problemOf(document) });
  }

  /** A document that is gone needs no more waiting for. */
  documentDeleted(id: string): void {
    const upload = this.uploads.find((candidate) => candidate.document?.id === id && !isSettled(candidate));
    if (upload) this.change(upload.key, { phase: 'CANCELLED' });
  }

  /** Documents that news is awaited of. */
  awaited(): string[] {
    return this.uploads.flatMap(({ phase, document }) => (phase === 'PROCESSING' && document ? [document.id] : []));
  }

  private pump(): void {
    const waiting = this.uploads.filter(({ phase }) => phase === 'WAITING');
    for (const upload of waiting.slice(0, atOnce - this.calls.size)) void this.run(upload);
  }

  private async run({ key, file, collectionId }: Upload): Promise<void> {
    const call = new AbortController();
    this.calls.set(key, call);
    this.change(key, { phase: 'SENDING' });
    const started = this.now();
    const onProgress = (sent: number, total: number) => {
      const seconds = (this.now() - started) / 1000;
      // The total counts the form around the file as well.
      const sentBytes = total > 0 ? Math.round((sent / total) * file.size) : 0;
      this.change(key, { sentBytes, bytesPerSecond: seconds > 0.5 ? sentBytes / seconds : null });
    };
    try {
      this.settle(key, await this.send(collectionId, file, onProgress, call.signal));
    } catch (error) {
      if (!call.signal.aborted) this.change(key, { phase: 'FAILED', problem: Problem.from(error) });
    } finally {
      this.calls.delete(key);
      this.pump();
    }
  }

  private settle(key: number, { outcome, document, duplicateOf, problem }: UploadResult): void {
    if (outcome === 'REJECTED') {
      const cause = problem ?? { code: 'rejected', title: outcome };
      this.change(key, { phase: 'FAILED', problem: new Problem(cause, 0, null) });
    } else if (outcome === 'DUPLICATE') {
      this.change(key, { phase: 'DUPLICATE', document, duplicateOf });
    } else if (document) {
      this.change(key, {
        document,
        phase: phaseOf(document),
        problem: problemOf(document),
        duplicateOf,
        newRevision: outcome === 'NEW_REVISION',
      });
      this.onStored(document);
    }
  }

  private change(key: number, changes: Partial<Upload>): void {
    this.set(this.uploads.map((upload) => (upload.key === key ? { ...upload, ...changes } : upload)));
  }

  private set(uploads: readonly Upload[]): void {
    this.uploads = uploads;
    for (const listener of this.listeners) listener();
  }
}

const fresh = {
  phase: 'WAITING' as UploadPhase,
  sentBytes: 0,
  bytesPerSecond: null,
  document: null,
  duplicateOf: null,
  newRevision: false,
  problem: null,
};
