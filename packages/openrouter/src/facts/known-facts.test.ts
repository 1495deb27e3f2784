import { readCredits } from '../account/credits.ts';
import { aModel } from '../testing/plan.ts';
import { KnownFacts } from './known-facts.ts';

const credits = (balance: number | null, limit_remaining: number | null = null) => ({
  ...readCredits(null, null),
  balance,
  limit_remaining,
});

describe('models', () => {
  const facts = new KnownFacts(() => 0);
  facts.learnModels([
    aModel('a/b', { canonical_slug: 'a/b-2026' }),
    aModel('a/b:batch', { canonical_slug: 'a/b-2026' }),
    aModel('c/d:free', { canonical_slug: 'c/d-2026' }),
    aModel('c/d', { canonical_slug: 'c/d-2026' }),
    aModel('e/f:free', { canonical_slug: 'e/f-2026' }),
    aModel('g/new', { canonical_slug: 'g/h' }),
    aModel('g/h'),
  ]);

  it.each([
    ['a/b', 'a/b'],
    ['a/b:nitro', 'a/b'],
    ['a/b:online:floor', 'a/b'],
    ['a/b:batch', 'a/b:batch'],
    ['c/d:free:nitro', 'c/d:free'],
  ])('are known by their id: %s', (id, expected) => {
    expect(facts.model(id)?.id).toBe(expected);
  });

  it.each([
    ['a/b-2026', 'a/b'],
    ['c/d-2026', 'c/d'],
    ['e/f-2026', 'e/f:free'],
    ['g/h', 'g/h'],
  ])('are known by their slug, which belongs to no variant if it can: %s', (slug, expected) => {
    expect(facts.model(slug)?.id).toBe(expected);
  });

  it.each(['', 'x/y', 'constructor', 'a/b:free'])('are not made up: %j', (id) => {
    expect(facts.model(id)).toBeUndefined();
  });

  it('are forgotten with the next catalogue', () => {
    const renewed = new KnownFacts(() => 0);
    renewed.learnModels([aModel('a/b', { canonical_slug: 'a/b-2026' })]);

    renewed.learnModels([aModel('c/d')]);

    expect([renewed.model('a/b'), renewed.model('a/b-2026')]).toEqual([undefined, undefined]);
  });
});

describe('the balance', () => {
  it('is the smaller of what the account has and what the key may spend', () => {
    const facts = new KnownFacts(() => 0);
    const learned = [credits(5), credits(5, 2), credits(1, 2), credits(null, 3), credits(-1, 2)];

    const balances = learned.map((reading) => {
      facts.learnCredits(reading);
      return facts.balanceUsd;
    });

    expect(balances).toEqual([5, 2, 1, 3, -1]);
  });

  it('is unknown before it is told, and when it is told to be', () => {
    const facts = new KnownFacts(() => 0);

    expect(facts.balanceUsd).toBeNull();
    facts.learnCredits(credits(5));
    facts.learnCredits(credits(null));
    expect(facts.balanceUsd).toBeNull();
  });

  it('is unknown again after ten minutes', () => {
    let now = 1_000;
    const facts = new KnownFacts(() => now);
    facts.learnCredits(credits(5));

    now += 10 * 60_000;
    expect(facts.balanceUsd).toBe(5);
    now += 1;
    expect(facts.balanceUsd).toBeNull();
  });
});
