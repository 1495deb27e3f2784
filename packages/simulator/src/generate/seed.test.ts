import { createRandom } from './seed.ts';

const draw = (seed: string, count = 1000) => {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => random.next());
};

it('gives the same numbers for the same seed, and others for another', () => {
  expect(draw('a')).toEqual(draw('a'));
  expect(draw('a')).not.toEqual(draw('b'));
});

it('stays in its range and spreads evenly', () => {
  const numbers = draw('spread', 10_000);

  const tenths = Map.groupBy(numbers, (number) => Math.floor(number * 10));
  expect([...tenths.keys()].toSorted((one, other) => one - other)).toEqual([
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
  ]);
  for (const share of tenths.values()) expect(share.length).toBeGreaterThan(850);
});

it('draws whole numbers with both ends', () => {
  const random = createRandom('ends');

  const drawn = new Set(Array.from({ length: 200 }, () => random.between(-1, 2)));

  expect([...drawn].toSorted((one, other) => one - other)).toEqual([-1, 0, 1, 2]);
});

it('forks a stream of its own and is not moved by it', () => {
  const plain = createRandom('fork');
  const forked = createRandom('fork');

  const child = forked.fork('child');
  const others = [child.next(), child.next()];

  expect(forked.next()).toBe(plain.next());
  expect(others).not.toContain(plain.next());
});

it('has nothing to pick from an empty list', () => {
  expect(() => createRandom('x').pick([])).toThrow(RangeError);
});
