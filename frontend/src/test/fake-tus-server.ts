import type { HttpRequest, HttpResponse, HttpStack } from 'tus-js-client';

/** Keeps one upload in memory and answers as the protocol says, or breaks off. For tests. */
export class FakeTusServer implements HttpStack {
  readonly calls: string[] = [];
  readonly tokens: (string | undefined)[] = [];
  metadata = '';
  received = new Uint8Array();
  length = 0;
  /** How many bytes of the next piece arrive before the connection is lost. */
  breakAfter: number | null = null;
  /** Answered to everything, if there is one. */
  refusal: { status: number; body: string } | null = null;

  getName = () => 'FakeTusServer';

  createRequest = (method: string, url: string): HttpRequest => {
    const headers = new Map<string, string>();
    return {
      getMethod: () => method,
      getURL: () => url,
      setHeader: (name, value) => void headers.set(name.toLowerCase(), value),
      getHeader: (name) => headers.get(name.toLowerCase()),
      setProgressHandler: () => undefined,
      abort: async () => undefined,
      getUnderlyingObject: () => null,
      send: async (body: unknown) => {
        this.calls.push(`${method} ${url.replace(/^.*\/models/, '')}`);
        this.tokens.push(headers.get('x-xsrf-token'));
        if (this.refusal) return answer(this.refusal.status, {}, this.refusal.body);
        if (method === 'POST') {
          this.length = Number(headers.get('upload-length'));
          this.metadata = headers.get('upload-metadata') ?? '';
          return answer(201, { location: '/api/v1/models/uploads/upload-1' });
        }
        if (method === 'HEAD') return answer(200, this.position());
        return this.append(Number(headers.get('upload-offset')), body as Blob);
      },
    };
  };

  private async append(offset: number, piece: Blob): Promise<HttpResponse> {
    if (offset !== this.received.length) return answer(409, {});
    const bytes = new Uint8Array(await bytesOf(piece));
    const came = this.breakAfter === null ? bytes : bytes.slice(0, this.breakAfter);
    this.received = new Uint8Array([...this.received, ...came]);
    if (this.breakAfter !== null) {
      this.breakAfter = null;
      throw new Error('connection lost');
    }
    return answer(204, this.position());
  }

  private position = () => ({ 'upload-offset': `${this.received.length}`, 'upload-length': `${this.length}` });
}

function bytesOf(blob: Blob): Promise<ArrayBuffer> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as ArrayBuffer);
    reader.onerror = () => reject(new Error('unreadable'));
    reader.readAsArrayBuffer(blob);
  });
}

function answer(status: number, headers: Record<string, string>, body = ''): HttpResponse {
  return {
    getStatus: () => status,
    getHeader: (name) => headers[name.toLowerCase()],
    getBody: () => body,
    getUnderlyingObject: () => null,
  };
}
