import { createHash } from 'node:crypto';

/** A stream of numbers that depends on its seed alone. */
export interface Random {
  /** At least 0, less than 1. */
  next(): number;
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number;
  /** One of the items. @throws RangeError when there are none */
  pick<T>(items: readonly T[]): T;
  /** True in `share` of the cases, 0–1. */
  chance(share: number): boolean;
  /** `length` characters of `alphabet`. */
  text(length: number, alphabet: string): string;
  /** An independent stream; drawing from it leaves this one as it is. */
  fork(label: string): Random;
}

/** The same seed gives the same numbers, on every machine and in every version of Node. */
export function createRandom(seed: string): Random {
  const digest = createHash('sha256').update(seed).digest();
  let state = digest.readUInt32LE(0);

  /** Mulberry32: small, fast, and even enough for prose. */
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }
  function between(low: number, high: number): number {
    return low + Math.floor(next() * (high - low + 1));
  }
  function pick<T>(items: readonly T[]): T {
    if (items.length === 0) throw new RangeError('Nothing to pick from');
    return items[between(0, items.length - 1)] as T;
  }

  return {
    next,
    between,
    pick,
    chance: (share) => next() < share,
    text: (length, alphabet) =>
      Array.from({ length }, () => alphabet[between(0, alphabet.length - 1)]).join(''),
    fork: (label) => createRandom(`${seed}\n${label}`),
  };
}
