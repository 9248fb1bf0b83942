import { vi } from 'vitest';

export interface Call {
  method: string;
  path: string;
  query: URLSearchParams;
  body: unknown;
  headers: Headers;
}

type Answer = unknown | ((call: Call) => unknown);

/** A status other than 200, or a problem. */
export class Reply {
  constructor(
    readonly status: number,
    readonly body?: unknown,
  ) {}
}

/** An event stream: the events at once, or as they are awaited. */
export class Stream {
  constructor(readonly events: Iterable<[string, unknown]> | AsyncIterable<[string, unknown]>) {}
}

function streamed({ events }: Stream): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      for await (const [event, data] of events) {
        controller.enqueue(encoder.encode(`event:${event}\ndata:${JSON.stringify(data)}\n\n`));
      }
      controller.close();
    },
  });
  return new Response(body, { headers: { 'Content-Type': 'text/event-stream' } });
}

function response(answer: unknown): Response {
  if (answer instanceof Stream) return streamed(answer);
  const { status, body } = answer instanceof Reply ? answer : new Reply(200, answer);
  const headers = {
    'Content-Type': status >= 400 ? 'application/problem+json' : 'application/json',
    'X-Request-Id': 'request-7',
  };
  return new Response(body === undefined ? null : JSON.stringify(body), { status, headers });
}

export const problem = (status: number, code: string, title: string, detail?: string) =>
  new Reply(status, { status, code, title, detail });

/** No model is active, here or elsewhere. */
const quotesOnly = {
  generator: {
    mode: 'QUOTE',
    name: 'Quotes',
    description: '',
    state: 'EMPTY',
    modelId: null,
    contextTokens: 0,
    chatTemplate: false,
    promptTokensPerSecond: 0,
    generatedTokensPerSecond: 0,
    host: null,
    wanted: null,
  },
  backend: {
    id: 'cpu',
    name: 'CPU',
    detail: '',
    available: true,
    processors: 2,
    architecture: 'amd64',
    vectorApi: true,
    memoryBytes: 0,
    budgetBytes: 0,
    reason: null,
  },
  embedders: [],
};

/** Stands in for the server: answers by `METHOD /path`, remembers every call, and fails loudly on anything unknown. */
export function fakeApi(routes: Record<string, Answer>) {
  const calls: Call[] = [];
  const known: Record<string, Answer> = {
    'GET /models': quotesOnly,
    'GET /models/incoming': { items: [], nextCursor: null },
    'GET /models/remote': { items: [], nextCursor: null },
    'GET /models/fetch-tokens': { items: [], nextCursor: null },
    ...routes,
  };
  vi.stubGlobal('fetch', async (input: string, init: RequestInit = {}) => {
    const url = new URL(input, 'http://witan.test');
    const body = typeof init.body === 'string' ? (JSON.parse(init.body) as unknown) : undefined;
    const path = url.pathname.replace(/^\/api\/v1/, '');
    const call = {
      method: init.method ?? 'GET',
      path,
      query: url.searchParams,
      body,
      headers: new Headers(init.headers),
    };
    calls.push(call);
    if (path === '/documents/events' && !known['GET /documents/events']) return new Promise<Response>(() => undefined);
    const answer = known[`${call.method} ${path}`];
    if (answer === undefined) throw new Error(`the fake server does not know ${call.method} ${path}`);
    return response(typeof answer === 'function' ? (answer as (call: Call) => unknown)(call) : answer);
  });
  return {
    calls,
    on: (route: string, answer: Answer) => {
      known[route] = answer;
    },
    callsOf: (method: string, path: string) => calls.filter((call) => call.method === method && call.path === path),
  };
}
