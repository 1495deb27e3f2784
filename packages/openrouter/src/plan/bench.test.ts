import { reasonFacts, type ErrorReason } from '@openrouter-native/protocol';
import { aRoute } from '../testing/plan.ts';
import { createBench } from './bench.ts';

const MINUTE_MS = 60_000;
const [one, two, three] = [aRoute('one'), aRoute('two'), aRoute('three')];
const routes = [one, two, three];
const ids = (ordered: { id: string }[]) => ordered.map(({ id }) => id);

it('puts a route whose key has a problem last for five minutes', () => {
  let now = 0;
  const bench = createBench(() => now);

  bench.consider(one, 'key_invalid');

  expect(ids(bench.order(routes))).toEqual(['two', 'three', 'one']);
  expect(bench.resting()).toEqual(['one']);
  now = 5 * MINUTE_MS;
  expect(ids(bench.order(routes))).toEqual(['one', 'two', 'three']);
  expect(bench.resting()).toEqual([]);
});

it('leaves every route in the list, even when all of them rest', () => {
  const bench = createBench(() => 0);
  for (const route of routes) bench.consider(route, 'key_limit_exceeded');

  expect(ids(bench.order(routes))).toEqual(['one', 'two', 'three']);
});

it('trusts a route again as soon as it answers', () => {
  const bench = createBench(() => 0);
  bench.consider(two, 'insufficient_credits');

  bench.trust(two);

  expect(bench.resting()).toEqual([]);
});

it('rests no route for what another key would not mend, least of all for bad requests', () => {
  const bench = createBench(() => 0);
  const reasons = Object.keys(reasonFacts) as ErrorReason[];

  const resting = reasons.filter((reason) => {
    bench.trust(one);
    bench.consider(one, reason);
    return bench.resting().length > 0;
  });

  expect(resting.toSorted()).toEqual([
    'account_restricted',
    'insufficient_credits',
    'key_disabled',
    'key_invalid',
    'key_limit_exceeded',
    'key_malformed',
    'key_missing',
    'negative_balance',
  ]);
});
