import { HoverCard } from 'radix-ui';
import { useTranslation } from 'react-i18next';
import type { Citation } from '@/shared/api/types';
import { useFormat } from '@/shared/format/use-format';
import { classNames } from '@/shared/ui/class-names';

interface CitationChipProps {
  citation: Citation;
  active: boolean;
  onOpen?: () => void;
}

/** The small number after a sentence: hover shows the words it stands on, click opens them in their document. */
export function CitationChip({ citation, active, onOpen }: CitationChipProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { number, title, heading, page, revision, uploadedAt, quote } = citation;
  if (citation.redacted) {
    return (
      <span title={t('chat.redactedCitation')} className="mx-0.5 rounded-sm bg-sunken px-1.5 text-xs text-muted">
        {number}
      </span>
    );
  }
  return (
    <HoverCard.Root openDelay={250} closeDelay={100}>
      <HoverCard.Trigger asChild>
        <button
          type="button"
          aria-label={t('chat.citation', { number, title })}
          aria-pressed={active}
          onClick={onOpen}
          disabled={!onOpen}
          className={classNames(
            'mx-0.5 inline-flex h-5 min-w-5 items-center justify-center rounded-sm px-1.5 align-[0.1em] font-sans text-xs font-semibold transition-colors',
            active
              ? 'bg-accent text-on-accent'
              : 'bg-accent-soft text-accent-strong hover:bg-accent hover:text-on-accent',
          )}
        >
          {number}
        </button>
      </HoverCard.Trigger>
      <HoverCard.Portal>
        <HoverCard.Content
          sideOffset={6}
          collisionPadding={12}
          className="rise z-50 w-96 max-w-[calc(100vw-1.5rem)] rounded-md border border-line bg-surface p-4 text-sm shadow-raised"
        >
          <p className="line-clamp-6 font-serif text-base">{quote}</p>
          <p className="mt-3 truncate font-medium">{title}</p>
          {heading && <p className="truncate text-muted">{heading}</p>}
          <p className="text-muted">
            {[
              page !== null && t('source.page', { page }),
              t('source.revision', { revision }),
              uploadedAt && format.date(uploadedAt),
            ]
              .filter(Boolean)
              .join(' · ')}
          </p>
        </HoverCard.Content>
      </HoverCard.Portal>
    </HoverCard.Root>
  );
}
