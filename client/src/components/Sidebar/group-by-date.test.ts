import type { Conversation } from '@openrouter-native/protocol';
import { groupByDate } from './group-by-date.ts';

const now = new Date(2026, 10, 20, 0, 30);

function at(...local: [number, number, number, number?]): Conversation {
  return {
    conversationId: local.join('-'),
    title: 'T',
    endpoint: 'openrouter',
    model: null,
    isArchived: false,
    user: 'u',
    createdAt: new Date(...local).toISOString(),
    updatedAt: new Date(...local).toISOString(),
  };
}

const kinds = (...list: Conversation[]) =>
  groupByDate(list, now).map(({ period, conversations }) => [period.kind, conversations.length]);

it('counts by the calendar, not by hours', () => {
  expect(kinds(at(2026, 10, 20, 0), at(2026, 10, 19, 23), at(2026, 10, 18, 23))).toEqual([
    ['today', 1],
    ['yesterday', 1],
    ['lastWeek', 1],
  ]);
});

it('groups what is older than a month by its month', () => {
  expect(
    kinds(at(2026, 10, 13), at(2026, 10, 12), at(2026, 9, 2), at(2026, 9, 1), at(2025, 9, 1)),
  ).toEqual([
    ['lastWeek', 1],
    ['lastMonth', 1],
    ['month', 2],
    ['month', 1],
  ]);
});

it('takes a clock that runs ahead for today', () => {
  expect(kinds(at(2026, 10, 21))).toEqual([['today', 1]]);
});

it('has no group without a conversation', () => {
  expect(kinds()).toEqual([]);
});
