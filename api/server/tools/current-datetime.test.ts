import fc from 'fast-check';
import { createCurrentDatetime } from './current-datetime.ts';

const context = { signal: new AbortController().signal, userId: 'ada' };

async function tell(moment: string, args: Record<string, unknown> = {}) {
  const tool = createCurrentDatetime(() => Date.parse(moment));
  const { output, isError } = await tool.run(args, context);
  return isError ? output : (JSON.parse(output) as Record<string, string>);
}

describe('current_datetime', () => {
  it('tells what the clock and the calendar of a place show', async () => {
    expect(await tell('2026-11-20T23:30:05.123Z', { timezone: 'Europe/Berlin' })).toEqual({
      datetime: '2026-11-21T00:30:05+01:00',
      date: '2026-11-21',
      time: '00:30:05',
      weekday: 'Saturday',
      week: '2026-W47',
      timezone: 'Europe/Berlin',
      utc_offset: '+01:00',
      utc: '2026-11-20T23:30:05.123Z',
    });
  });

  it.each([[{}], [{ timezone: null }], [{ timezone: ' ' }]])(
    'takes UTC when it is asked with %j',
    async (args) => {
      expect(await tell('2026-11-20T12:00:00Z', args)).toMatchObject({
        datetime: '2026-11-20T12:00:00+00:00',
        timezone: 'UTC',
      });
    },
  );

  it.each([
    ['America/New_York', '2026-07-01T12:00:00Z', '2026-07-01T08:00:00-04:00'],
    ['America/New_York', '2026-01-01T12:00:00Z', '2026-01-01T07:00:00-05:00'],
    ['Asia/Kathmandu', '2026-01-01T12:00:00Z', '2026-01-01T17:45:00+05:45'],
    ['Pacific/Kiritimati', '2026-12-31T12:00:00Z', '2027-01-01T02:00:00+14:00'],
    ['UTC', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00+00:00'],
  ])('knows %s at %s', async (timezone, moment, datetime) => {
    expect(await tell(moment, { timezone })).toMatchObject({ datetime });
  });

  it.each([
    ['2021-01-03T12:00:00Z', '2020-W53'],
    ['2021-01-04T12:00:00Z', '2021-W01'],
    ['2024-12-30T12:00:00Z', '2025-W01'],
    ['2026-12-31T12:00:00Z', '2026-W53'],
    ['2027-01-01T12:00:00Z', '2026-W53'],
  ])('counts weeks as ISO 8601 does: %s is in %s', async (moment, week) => {
    expect(await tell(moment)).toMatchObject({ week });
  });

  it('names zones that might be meant', async () => {
    const berlin = await tell('2026-01-01T00:00:00Z', { timezone: 'Germany/Berlin' });
    expect(berlin).toContain('"Germany/Berlin" is no time zone. Names look like Europe/Berlin');
    expect(await tell('2026-01-01T00:00:00Z', { timezone: 'new york' })).toContain(
      'America/New_York',
    );
    expect(await tell('2026-01-01T00:00:00Z', { timezone: 'Narnia' })).toContain('Asia/Tokyo');
    expect(await tell('2026-01-01T00:00:00Z', { timezone: 7 })).toContain('Wrong arguments.');
  });

  it('means the same moment in every zone', async () => {
    const zones = Intl.supportedValuesOf('timeZone');
    const moments = fc.date({
      min: new Date('1980-01-01T00:00:00Z'),
      max: new Date('2100-01-01T00:00:00Z'),
      noInvalidDate: true,
    });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...zones), moments, async (timezone, moment) => {
        const told = await tell(moment.toISOString(), { timezone });
        if (typeof told === 'string') throw new Error(told);
        expect(Date.parse(told.datetime ?? '')).toBe(Math.floor(moment.getTime() / 1000) * 1000);
      }),
    );
  });
});
