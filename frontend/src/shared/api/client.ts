import { Problem } from './problem';

const base = '/api/v1';
const safeMethods = new Set(['GET', 'HEAD']);

export interface RequestOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  body?: unknown;
  /** Sent as it is, instead of a body. */
  file?: Blob;
  query?: Record<string, string | number | null | undefined>;
  signal?: AbortSignal;
  accept?: string;
}

/** The path with its query; empty values are left out. */
export function address(path: string, query?: RequestOptions['query']): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== null && value !== undefined && value !== '') parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return base + path + (text ? `?${text}` : '');
}

function csrfCookie(): string | null {
  const match = /(?:^|;\s*)XSRF-TOKEN=([^;]*)/.exec(document.cookie);
  return match?.[1] ? decodeURIComponent(match[1]) : null;
}

/** The token to send with a change. A first visit has no cookie yet: any open GET brings one. */
export async function csrfToken(): Promise<string | null> {
  const known = csrfCookie();
  if (known) return known;
  await fetch(address('/setup'), { credentials: 'same-origin' }).catch(() => null);
  return csrfCookie();
}

async function send(path: string, options: RequestOptions): Promise<Response> {
  const method = options.method ?? 'GET';
  const headers = new Headers({ Accept: options.accept ?? 'application/json' });
  if (options.file) headers.set('Content-Type', 'application/octet-stream');
  else if (options.body !== undefined) headers.set('Content-Type', 'application/json');
  if (!safeMethods.has(method)) {
    const token = await csrfToken();
    if (token) headers.set('X-XSRF-TOKEN', token);
  }
  try {
    return await fetch(address(path, options.query), {
      method,
      headers,
      credentials: 'same-origin',
      body: options.file ?? (options.body === undefined ? undefined : JSON.stringify(options.body)),
      signal: options.signal,
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw Problem.unreachable();
  }
}

/** A successful response, or the problem thrown. */
export async function request(path: string, options: RequestOptions = {}): Promise<Response> {
  const response = await send(path, options);
  if (response.ok) return response;
  const { headers, status } = response;
  throw Problem.parse(await response.text(), status, headers.get('X-Request-Id'), headers.get('Retry-After'));
}

/** The JSON body of a successful response; undefined for 204. */
export async function json<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const response = await request(path, options);
  const text = await response.text();
  return (text ? JSON.parse(text) : undefined) as T;
}
