import type { ConversationSummary } from '@/shared/api/types';
import type { Formats } from '@/shared/format/use-format';

export interface ConversationGroup {
  label: string;
  conversations: ConversationSummary[];
}

/** Pinned ones first, then by the day of the last message, in the order given. */
export function groupByDay(
  conversations: ConversationSummary[],
  pinnedLabel: string,
  format: Formats,
  now: Date,
): ConversationGroup[] {
  const groups = new Map<string, ConversationSummary[]>();
  const add = (label: string, conversation: ConversationSummary) =>
    groups.set(label, [...(groups.get(label) ?? []), conversation]);
  for (const conversation of conversations.filter(({ pinned }) => pinned)) add(pinnedLabel, conversation);
  for (const conversation of conversations.filter(({ pinned }) => !pinned)) {
    const days = format.daysAgo(conversation.updatedAt, now);
    add(days <= 1 ? format.relativeDay(Math.max(0, days)) : format.date(conversation.updatedAt), conversation);
  }
  return [...groups].map(([label, members]) => ({ label, conversations: members }));
}
