import type { SourceRange } from '@/shared/source/source-range';

/** The passage named in an address (`?from=&to=`), or null. */
export function rangeOf(parameters: URLSearchParams): SourceRange | null {
  const start = Number.parseInt(parameters.get('from') ?? '', 10);
  const end = Number.parseInt(parameters.get('to') ?? '', 10);
  return start >= 0 && end > start ? { start, end } : null;
}
