import { isLeaving, isRetired } from './retirement.ts';

const model = (expiration_date?: string | null) => ({
  id: 'a/b',
  name: 'B',
  pricing: { prompt: '0', completion: '0' },
  ...(expiration_date !== undefined && { expiration_date }),
});

it('lasts to the end of the announced day, UTC', () => {
  expect(isRetired(model('2026-08-24'), new Date('2026-08-24T23:59:59Z'))).toBe(false);
  expect(isRetired(model('2026-08-24'), new Date('2026-08-25T00:00:00Z'))).toBe(true);
});

it('is leaving for a month before', () => {
  expect(isLeaving(model('2026-08-24'), new Date('2026-07-20T00:00:00Z'))).toBe(false);
  expect(isLeaving(model('2026-08-24'), new Date('2026-08-01T00:00:00Z'))).toBe(true);
});

it.each([undefined, null, '', 'some day'])('never ends with %p', (day) => {
  expect(isRetired(model(day), new Date('2999-01-01T00:00:00Z'))).toBe(false);
});
