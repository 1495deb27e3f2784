import { parseRetryAfter } from './retry-after.ts';

const NOW = Date.parse('2026-01-01T00:00:00Z');

it.each([
  ['0', 0],
  ['120', 120_000],
  [' 7 ', 7_000],
  ['1.5', 1_500],
  ['Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
  ['Thu, 01 Jan 2026 00:00:30 UTC', 30_000],
  ['Wed, 31 Dec 2025 23:59:59 GMT', 0],
  ['', undefined],
  ['-1', undefined],
  ['1e9', undefined],
  ['soon', undefined],
  ['2026-01-01', undefined],
  ['9'.repeat(400), undefined],
])('reads %j as %s milliseconds', (header, expected) => {
  expect(parseRetryAfter(header, NOW)).toBe(expected);
});
