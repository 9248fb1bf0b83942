import { Problem } from '@/shared/api/problem';
import type { ServerEvent } from '@/shared/api/server-events';
import type {
  AnswerRead,
  AnswerRemote,
  Block,
  BlockKind,
  Citation,
  Message,
  Passage,
  ProblemBody,
  ProgressStage,
} from '@/shared/api/types';

/** An answer while it is being written. */
export interface LiveAnswer {
  questionText: string;
  question: Message | null;
  /** The question this one takes the place of. */
  replaces: string | null;
  stage: ProgressStage | null;
  collections: number;
  passages: number;
  /** Place in the queue of the model, 1 for the next. */
  position: number | null;
  /** Tokens that the model has read, of so many. */
  tokens: number | null;
  ofTokens: number | null;
  /** The model that writes. */
  writer: string | null;
  read: AnswerRead | null;
  /** What leaves the machine; none while nothing does. */
  remote: AnswerRemote | null;
  blocks: Block[];
  citations: Citation[];
  answer: Message | null;
  problem: Problem | null;
}

export function liveAnswer(questionText: string, replaces: string | null): LiveAnswer {
  return {
    questionText,
    replaces,
    question: null,
    stage: null,
    collections: 0,
    passages: 0,
    position: null,
    tokens: null,
    ofTokens: null,
    writer: null,
    read: null,
    remote: null,
    blocks: [],
    citations: [],
    answer: null,
    problem: null,
  };
}

type AnswerEvent =
  | { event: 'question'; data: { message: Message } }
  | {
      event: 'progress';
      data: {
        stage: ProgressStage;
        collections: number;
        passages: number;
        position: number | null;
        tokens: number | null;
        ofTokens: number | null;
      };
    }
  | { event: 'writer'; data: { writer: string; local: boolean; read: AnswerRead } }
  | { event: 'remote'; data: AnswerRemote }
  | { event: 'passages'; data: { items: Passage[] } }
  | { event: 'text'; data: { block: number; kind: BlockKind; delta: string } }
  | { event: 'citation'; data: { block: number; citation: Citation } }
  | { event: 'done'; data: { message: Message } }
  | { event: 'error'; data: { problem: ProblemBody } };

function changeBlock(blocks: Block[], index: number, kind: BlockKind | null, change: (block: Block) => Block): Block[] {
  const filled = [...blocks];
  while (filled.length <= index) filled.push({ kind: kind ?? 'TEXT', text: '', citations: [] });
  return filled.map((block, position) => (position === index ? change(kind ? { ...block, kind } : block) : block));
}

/** The answer after one more event; an unknown event changes nothing. */
export function advance(live: LiveAnswer, { event, data }: ServerEvent): LiveAnswer {
  const typed = { event, data: JSON.parse(data) as unknown } as AnswerEvent;
  switch (typed.event) {
    case 'question':
      return { ...live, question: typed.data.message };
    case 'progress':
      return { ...live, ...typed.data };
    case 'writer':
      return { ...live, writer: typed.data.writer, read: typed.data.read };
    case 'remote':
      return { ...live, remote: typed.data };
    case 'passages':
      return { ...live, passages: typed.data.items.length };
    case 'text': {
      const { block, kind, delta } = typed.data;
      return { ...live, blocks: changeBlock(live.blocks, block, kind, (old) => ({ ...old, text: old.text + delta })) };
    }
    case 'citation': {
      const { block, citation } = typed.data;
      const citations = live.citations.some((known) => known.number === citation.number)
        ? live.citations
        : [...live.citations, citation];
      const blocks = changeBlock(live.blocks, block, null, (old) => ({
        ...old,
        citations: old.citations.includes(citation.number) ? old.citations : [...old.citations, citation.number],
      }));
      return { ...live, citations, blocks };
    }
    case 'done':
      return { ...live, answer: typed.data.message };
    case 'error':
      return { ...live, problem: new Problem(typed.data.problem, typed.data.problem.status ?? 500, null) };
    default:
      return live;
  }
}
