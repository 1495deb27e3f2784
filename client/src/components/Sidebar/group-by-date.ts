import type { Conversation } from '@openrouter-native/protocol';

/** A stretch of time that conversations are listed under. */
export type Period =
  | { kind: 'today' | 'yesterday' | 'lastWeek' | 'lastMonth' }
  /** First day of a calendar month, in the reader's time zone. */
  | { kind: 'month'; start: Date };

/** Conversations of one period, in the order they came. */
export interface DateGroup {
  period: Period;
  conversations: Conversation[];
}

/** Groups a list that is sorted by its latest message, newest first. */
export function groupByDate(conversations: readonly Conversation[], now: Date): DateGroup[] {
  const groups: DateGroup[] = [];
  for (const conversation of conversations) {
    const period = periodOf(new Date(conversation.updatedAt), now);
    const last = groups.at(-1);
    if (last && isSame(last.period, period)) last.conversations.push(conversation);
    else groups.push({ period, conversations: [conversation] });
  }
  return groups;
}

function periodOf(at: Date, now: Date): Period {
  const days = wholeDaysBetween(at, now);
  if (days <= 0) return { kind: 'today' };
  if (days === 1) return { kind: 'yesterday' };
  if (days <= 7) return { kind: 'lastWeek' };
  if (days <= 30) return { kind: 'lastMonth' };
  return { kind: 'month', start: new Date(at.getFullYear(), at.getMonth(), 1) };
}

/** Midnights that lie between two moments; days have 23 or 25 hours now and then. */
function wholeDaysBetween(from: Date, to: Date): number {
  return Math.round((dayOf(to) - dayOf(from)) / 86_400_000);
}

function dayOf(date: Date): number {
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
}

function isSame(a: Period, b: Period): boolean {
  if (a.kind === 'month' && b.kind === 'month') return a.start.getTime() === b.start.getTime();
  return a.kind === b.kind;
}
