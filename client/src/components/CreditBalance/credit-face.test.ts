import type { Credits } from '@openrouter-native/protocol';
import { createFormat } from '../../format/format.ts';
import { createTranslator } from '../../i18n/i18n.ts';
import { en } from '../../i18n/locales/en/index.ts';
import { creditFace as faceIn } from './credit-face.ts';

const { t } = createTranslator('en', en).i18n;
const creditFace = (given: Credits) => faceIn(given, t, createFormat('en'));

function credits(fields: Partial<Credits>): Credits {
  return {
    balance: null,
    currency: 'USD',
    usage: null,
    total: null,
    limit: null,
    limit_remaining: null,
    is_free_tier: null,
    source: 'account',
    updated_at: '2026-10-01T12:00:00.000Z',
    stale: false,
    ...fields,
  };
}

it.each([
  [5.01, 'good', []],
  [5, 'low', ['low']],
  [1, 'low', ['low']],
  [0.99, 'very-low', ['very low']],
  [0, 'very-low', ['very low']],
  [-0.5, 'very-low', ['very low']],
])('calls %d dollars %s, in a word too', (balance, level, notes) => {
  expect(creditFace(credits({ balance }))).toMatchObject({ level, notes });
});

it('shows a negative balance as such', () => {
  expect(creditFace(credits({ balance: -0.5 })).text).toBe('-$0.50');
});

it('never shows an unknown balance as an amount', () => {
  expect(creditFace(credits({ balance: null }))).toMatchObject({
    level: 'unknown',
    text: 'Unknown',
  });
});

it('says that a key without a cap has no limit, and what it takes to see the balance', () => {
  const face = creditFace(credits({ source: 'key' }));

  expect(face.text).toBe('No limit');
  expect(face.explanation).toContain('OPENROUTER_MANAGEMENT_KEY');
});

it('says that the amount is what is left of a cap', () => {
  const face = creditFace(credits({ source: 'key', balance: 3, limit: 10, limit_remaining: 3 }));

  expect(face.text).toBe('$3.00 of $10.00');
  expect(face.explanation).toContain('limit of this key');
});

it('says that an amount is old', () => {
  const face = creditFace(credits({ balance: 9, stale: true }));

  expect(face.notes[0]).toMatch(/^as of \d+:\d\d/);
  expect(face.explanation).toContain('could not be asked');
});
