import type { Citation, Message, Passage } from '@/shared/api/types';

/** A place in a document that an answer points to: a citation, or a near passage of an answer that found nothing. */
export interface CitedSource {
  /** `<message>.<number>` for a citation, `<message>.n<rank>` for a near passage; goes in the page's address. */
  key: string;
  documentId: string;
  textVersionId: string;
  title: string;
  heading: string | null;
  page: number | null;
  start: number;
  end: number;
  ranks: Citation['ranks'];
  /** Passages that the answer was made from. */
  read: number;
}

function fromCitation(message: Message, { number, ...citation }: Citation): CitedSource {
  const { documentId, textVersionId, title, heading, page, start, end, ranks } = citation;
  const read = message.searched?.passages ?? 0;
  return { key: `${message.id}.${number}`, documentId, textVersionId, title, heading, page, start, end, ranks, read };
}

function fromPassage(message: Message, { rank, ...passage }: Passage): CitedSource {
  const { documentId, textVersionId, title, heading, page, start, end } = passage;
  const [ranks, read] = [null, message.searched?.passages ?? 0];
  return { key: `${message.id}.n${rank}`, documentId, textVersionId, title, heading, page, start, end, ranks, read };
}

export const citationKey = (message: Message, number: number) => `${message.id}.${number}`;
export const nearestKey = (message: Message, rank: number) => `${message.id}.n${rank}`;

/** All places of one answer in reading order; redacted ones cannot be opened. */
export function sourcesOf(message: Message): CitedSource[] {
  const citations = message.citations.filter((citation) => !citation.redacted);
  return [
    ...citations.map((citation) => fromCitation(message, citation)),
    ...message.nearest.map((passage) => fromPassage(message, passage)),
  ];
}
