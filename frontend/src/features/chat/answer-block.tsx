import { CircleHelp, EyeOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Block, Citation } from '@/shared/api/types';
import { Markdown } from '@/shared/markdown/markdown';
import { CitationChip } from './citation-chip';

interface AnswerBlockProps {
  block: Block;
  citations: Citation[];
  activeNumber: number | null;
  onOpen?: (number: number) => void;
  /** Whether nothing is added to the block any more. */
  complete?: boolean;
}

/** One piece of an answer: a verbatim quote with its source, written text with chips, or what may no longer be read. */
export function AnswerBlock({ block, citations, activeNumber, onOpen, complete = false }: AnswerBlockProps) {
  const { t } = useTranslation();
  const chip = (number: number) => {
    const citation = citations.find((candidate) => candidate.number === number);
    if (!citation) return null;
    return (
      <CitationChip
        key={number}
        citation={citation}
        active={number === activeNumber}
        onOpen={onOpen && (() => onOpen(number))}
      />
    );
  };
  switch (block.kind) {
    case 'REDACTED':
      return (
        <p className="flex items-center gap-2 rounded-md border border-dashed border-line px-3 py-2 text-sm text-muted">
          <EyeOff aria-hidden size={15} className="shrink-0" />
          {t('chat.redacted')}
        </p>
      );
    case 'TEXT':
      return (
        <div>
          <Markdown place="inline" text={block.text} citations={block.citations} renderCitation={chip} />
          {complete && block.citations.length === 0 && (
            <p className="mt-1 flex items-center gap-1 text-xs text-warn">
              <CircleHelp aria-hidden size={13} className="shrink-0" />
              {t('chat.uncited')}
            </p>
          )}
        </div>
      );
    case 'QUOTE': {
      const [first] = block.citations;
      const source = citations.find((candidate) => candidate.number === first);
      return (
        <figure className="rounded-md border border-line border-l-accent bg-surface py-3 pr-4 pl-4 border-l-3">
          <blockquote className="font-serif text-lg [&_.prose]:leading-[1.55]">
            <Markdown text={block.text} citations={block.citations} renderCitation={chip} />
          </blockquote>
          {source && (
            <figcaption className="mt-2 truncate text-sm text-muted">
              {[source.title, source.heading, source.page !== null && t('source.page', { page: source.page })]
                .filter(Boolean)
                .join(' · ')}
            </figcaption>
          )}
        </figure>
      );
    }
  }
}
