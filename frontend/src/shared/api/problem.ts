import type { ProblemBody } from './types';

/** A refused or failed request, as the server told it (RFC 9457) or, without an answer, as `unreachable`. */
export class Problem extends Error {
  readonly code: string;
  readonly status: number;
  readonly detail: string | null;
  readonly requestId: string | null;
  readonly retryAfterSeconds: number | null;
  readonly limitBytes: number | null;
  /** Names of the fields that were not accepted, as in the request. */
  readonly fields: string[];

  constructor(body: ProblemBody, status: number, requestId: string | null, retryAfterSeconds: number | null = null) {
    super(body.title);
    this.name = 'Problem';
    this.code = body.code;
    this.status = status;
    this.detail = body.detail ?? null;
    this.requestId = body.requestId ?? requestId;
    this.retryAfterSeconds = retryAfterSeconds ?? body.retryAfterSeconds ?? null;
    this.limitBytes = body.limitBytes ?? null;
    this.fields = [...new Set(body.errors?.map(({ field }) => field) ?? (body.field ? [body.field] : []))];
  }

  get title(): string {
    return this.message;
  }

  static unreachable(): Problem {
    return new Problem({ code: 'unreachable', title: 'Witan cannot be reached' }, 0, null);
  }

  /** Anything thrown, as a problem. */
  static from(error: unknown): Problem {
    if (error instanceof Problem) return error;
    const detail = error instanceof Error ? error.message : String(error);
    return new Problem({ code: 'unexpected', title: 'Something unexpected happened', detail }, 0, null);
  }

  /** The body of a failed response, whatever its media type. */
  static parse(text: string, status: number, requestId: string | null, retryAfter: string | null): Problem {
    const seconds = retryAfter && /^\d+$/.test(retryAfter) ? Number(retryAfter) : null;
    try {
      const body = JSON.parse(text) as Partial<ProblemBody>;
      if (typeof body.title === 'string') {
        return new Problem(
          { ...body, title: body.title, code: body.code ?? `http-${status}` },
          status,
          requestId,
          seconds,
        );
      }
    } catch {
      // Not JSON: a proxy answered in Witan's place.
    }
    return new Problem({ code: `http-${status}`, title: `HTTP ${status}` }, status, requestId, seconds);
  }
}
