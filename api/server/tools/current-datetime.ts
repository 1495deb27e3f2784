import { z } from 'zod';
import { createBuiltIn } from './built-in.ts';
import { failed } from './result.ts';
import type { Tool } from './tool.ts';

const DEFAULT_ZONE = 'UTC';
const MAX_SUGGESTIONS = 5;

const schema = z.object({
  timezone: z
    .string()
    .max(100)
    .optional()
    .describe(`IANA name such as "Europe/Berlin" or "America/New_York"; left out: ${DEFAULT_ZONE}`),
});

/** Tells the date and the time of day in a time zone. @param now - Epoch milliseconds. */
export function createCurrentDatetime(now: () => number): Tool {
  return createBuiltIn({
    name: 'current_datetime',
    title: 'Current date and time',
    description:
      'Tells the current date, time of day, weekday and calendar week, in any time zone of the world.',
    schema,
    run({ timezone }) {
      const zone = timezone?.trim() || DEFAULT_ZONE;
      const clock = clockOf(zone);
      if (!clock) return failed(`${JSON.stringify(zone)} is no time zone. ${suggest(zone)}`);
      return { output: JSON.stringify(describe(clock, zone, new Date(now()))), isError: false };
    },
  });
}

function clockOf(timeZone: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'iso8601',
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      weekday: 'long',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      timeZoneName: 'longOffset',
    });
  } catch {
    return null;
  }
}

function describe(clock: Intl.DateTimeFormat, timezone: string, moment: Date) {
  const part = Object.fromEntries(
    clock.formatToParts(moment).map(({ type, value }) => [type, value]),
  ) as Record<Intl.DateTimeFormatPartTypes, string>;
  const offset = part.timeZoneName.replace('GMT', '') || '+00:00';
  const date = `${part.year}-${part.month}-${part.day}`;
  const time = `${part.hour}:${part.minute}:${part.second}`;
  return {
    datetime: `${date}T${time}${offset}`,
    date,
    time,
    weekday: part.weekday,
    week: weekOf(Date.parse(`${date}T00:00:00Z`)),
    timezone,
    utc_offset: offset,
    utc: moment.toISOString(),
  };
}

const DAY_MS = 86_400_000;

/**
 * Calendar week such as `2026-W53`: weeks begin on Monday, and belong to the year of their Thursday.
 *
 * @see ISO 8601
 */
function weekOf(midnight: number): string {
  const daysSinceMonday = (new Date(midnight).getUTCDay() + 6) % 7;
  const thursday = midnight + (3 - daysSinceMonday) * DAY_MS;
  const year = new Date(thursday).getUTCFullYear();
  const week = Math.floor((thursday - Date.UTC(year, 0, 1)) / (7 * DAY_MS)) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}

function suggest(zone: string): string {
  const place = zone.split('/').at(-1)?.trim().replaceAll(' ', '_').toLowerCase() ?? '';
  const known = Intl.supportedValuesOf('timeZone');
  const similar = place === '' ? [] : known.filter((name) => name.toLowerCase().includes(place));
  const examples = similar.length > 0 ? similar : ['Europe/Berlin', 'America/New_York', 'Asia/Tokyo', 'UTC']; // prettier-ignore
  return `Names look like ${examples.slice(0, MAX_SUGGESTIONS).join(', ')}.`;
}
