import { DetailedError, Upload as TusUpload, type HttpStack } from 'tus-js-client';
import { csrfToken } from '@/shared/api/client';
import { Problem } from '@/shared/api/problem';

const endpoint = '/api/v1/models/uploads';
/** Below what proxies usually let through. */
const chunkBytes = 32 * 2 ** 20;
const retryMillis = [0, 1000, 3000, 5000, 10_000, 20_000, 30_000];
const windowMillis = 10_000;

export type ModelUploadPhase = 'SENDING' | 'PAUSED' | 'FAILED';

export interface ModelUpload {
  key: number;
  /** As the server calls it; null until it has answered. */
  id: string | null;
  fileName: string;
  totalBytes: number;
  sentBytes: number;
  bytesPerSecond: number | null;
  phase: ModelUploadPhase;
  /** Why it failed, or why it is paused though nobody paused it. */
  problem: Problem | null;
}

/** What the administrator says of a model; empty for what its file says. */
export interface ModelFacts {
  name: string;
  licence: string;
  sha256: string;
}

interface Sending {
  tus: TusUpload;
  marks: [millis: number, bytes: number][];
}

function problemOf(error: Error): Problem {
  if (!(error instanceof DetailedError)) return Problem.from(error);
  const response = error.originalResponse;
  if (!response?.getStatus()) return Problem.unreachable();
  return Problem.parse(
    response.getBody(),
    response.getStatus(),
    response.getHeader('X-Request-Id') ?? null,
    response.getHeader('Retry-After') ?? null,
  );
}

const idOf = (url: string | null) => url?.split('/').at(-1) ?? null;
const isRefused = ({ status }: Problem) => status >= 400 && status < 500 && status !== 401 && status !== 409;

/** Models on their way from this browser, in pieces by the protocol tus; outlives any page. Snapshots are immutable. */
export class ModelUploads {
  private uploads: readonly ModelUpload[] = [];
  private readonly sending = new Map<number, Sending>();
  private readonly listeners = new Set<() => void>();
  private nextKey = 1;

  /**
   * @param onChanged something happened that the server knows more of
   * @param http for tests
   */
  constructor(
    private readonly onChanged: () => void,
    private readonly http?: HttpStack,
    private readonly retries: number[] = retryMillis,
  ) {}

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  snapshot = (): readonly ModelUpload[] => this.uploads;

  /** Begins to send a file; one that the server has a part of goes on after that. */
  add(file: File, facts: ModelFacts, knownId: string | null = null): void {
    const key = this.nextKey++;
    const metadata: Record<string, string> = { filename: file.name };
    for (const [name, value] of Object.entries(facts)) if (value) metadata[name] = value as string;
    const tus = new TusUpload(file, {
      endpoint,
      uploadUrl: knownId && `${endpoint}/${knownId}`,
      metadata,
      chunkSize: chunkBytes,
      retryDelays: this.retries,
      storeFingerprintForResuming: false,
      ...(this.http ? { httpStack: this.http } : {}),
      onBeforeRequest: async (request) => {
        const token = await csrfToken();
        if (token) request.setHeader('X-XSRF-TOKEN', token);
      },
      onUploadUrlAvailable: () => {
        this.change(key, { id: idOf(tus.url) });
        this.onChanged();
      },
      onProgress: (sentBytes) => this.moved(key, sentBytes),
      onSuccess: () => {
        this.forget(key);
        this.onChanged();
      },
      onError: (error) => {
        const problem = problemOf(error);
        this.change(key, { phase: isRefused(problem) ? 'FAILED' : 'PAUSED', problem, bytesPerSecond: null });
        this.onChanged();
      },
    });
    this.sending.set(key, { tus, marks: [] });
    const upload: ModelUpload = {
      key,
      id: knownId,
      fileName: file.name,
      totalBytes: file.size,
      sentBytes: 0,
      bytesPerSecond: null,
      phase: 'SENDING',
      problem: null,
    };
    this.set([...this.uploads, upload]);
    tus.start();
  }

  pause(key: number): void {
    void this.sending.get(key)?.tus.abort();
    this.change(key, { phase: 'PAUSED', bytesPerSecond: null, problem: null });
  }

  /** Goes on where the server says that it stopped. */
  resume(key: number): void {
    const sending = this.sending.get(key);
    if (!sending) return;
    sending.marks = [];
    this.change(key, { phase: 'SENDING', problem: null });
    sending.tus.start();
  }

  /** What a lost connection has stopped goes on. */
  resumeLost(): void {
    for (const { key, phase, problem } of this.uploads) if (phase === 'PAUSED' && problem) this.resume(key);
  }

  /** Stops sending; what the server has of it stays there until it is discarded. */
  forget(key: number): void {
    void this.sending.get(key)?.tus.abort();
    this.sending.delete(key);
    this.set(this.uploads.filter((upload) => upload.key !== key));
  }

  private moved(key: number, sentBytes: number): void {
    const marks = this.sending.get(key)?.marks;
    if (!marks) return;
    const now = performance.now();
    marks.push([now, sentBytes]);
    while (marks[0] && now - marks[0][0] > windowMillis) marks.shift();
    const [first] = marks;
    const seconds = first ? (now - first[0]) / 1000 : 0;
    this.change(key, {
      sentBytes,
      bytesPerSecond: first && seconds > 0.5 ? (sentBytes - first[1]) / seconds : null,
    });
  }

  private change(key: number, changes: Partial<ModelUpload>): void {
    this.set(this.uploads.map((upload) => (upload.key === key ? { ...upload, ...changes } : upload)));
  }

  private set(uploads: readonly ModelUpload[]): void {
    this.uploads = uploads;
    for (const listener of this.listeners) listener();
  }
}
