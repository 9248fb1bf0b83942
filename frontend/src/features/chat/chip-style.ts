/** What assistant and collections look like below the question. */
export const chipStyle =
  'inline-flex h-8 max-w-48 items-center gap-1.5 rounded-sm border border-line px-2 text-sm text-muted hover:bg-sunken hover:text-ink';
