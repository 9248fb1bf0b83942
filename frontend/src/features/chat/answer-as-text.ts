import type { Message } from '@/shared/api/types';

/** The answer for the clipboard: its text with numbers (written text has them already), then the sources they stand for. */
export function answerAsText({ blocks, citations: sourcesOfAnswer }: Message): string {
  const body = blocks
    .filter((block) => block.kind !== 'REDACTED')
    .map(({ kind, text, citations }) =>
      kind === 'TEXT' ? text : text + citations.map((number) => ` [${number}]`).join(''),
    );
  const sources = sourcesOfAnswer
    .filter((citation) => !citation.redacted)
    .map(({ number, title, page }) => `[${number}] ${title}${page === null ? '' : `, p. ${page}`}`);
  return [body.join('\n\n'), sources.join('\n')].filter(Boolean).join('\n\n');
}
