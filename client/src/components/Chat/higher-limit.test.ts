import type { RunLimit } from '@openrouter-native/protocol';
import { higherLimit, isEnough } from './higher-limit.ts';

const money: RunLimit = { kind: 'spending_limit', message: '', limit: 0.01, used: 0.0123 };
const steps: RunLimit = { kind: 'recursion_limit', message: '', limit: 60, used: 60 };

it('offers a limit with which the answer can go on', () => {
  expect(higherLimit(money)).toBe(0.025);
  expect(higherLimit({ ...money, limit: 0.0015, used: 0, needed: 0.003011 })).toBe(0.0031);
  expect(higherLimit({ ...steps, limit: 25, used: 25 })).toBe(50);
  expect(higherLimit(steps)).toBe(100);
  for (const limit of [money, steps]) expect(isEnough(limit, higherLimit(limit))).toBe(true);
});

it.each([0, -1, 0.0123, Number.NaN, Infinity, 2_000_000])('takes no %p dollars', (value) => {
  expect(isEnough(money, value)).toBe(false);
});

it.each([60, 61.5, 101])('takes no %p steps', (value) => {
  expect(isEnough(steps, value)).toBe(false);
});
