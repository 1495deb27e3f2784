import type { Random } from '../seed.ts';

const DIGITS = '0123456789';
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const WORD = `${LETTERS}${LETTERS.toUpperCase()}${DIGITS}_`;
const PRINTABLE = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join(
  '',
);
/** An open repetition (`*`, `+`, `{2,}`) adds at most this many. */
const MAX_EXTRA = 3;
const MAX_ATTEMPTS = 5;
/** Repetitions of repetitions multiply; beyond this many atoms a pattern is given up. */
const MAX_ATOMS = 10_000;

/**
 * A text that matches a regular expression: literals, classes, groups, alternatives, repetitions and
 * anchors are understood.
 *
 * @returns `null` for an expression that is invalid or uses more than that.
 */
export function samplePattern(pattern: string, random: Random): string | null {
  try {
    const expression = new RegExp(pattern, 'u');
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const text = new Sampler(pattern, random).sample();
      if (expression.test(text)) return text;
    }
  } catch {
    return null;
  }
  return null;
}

/** Walks the expression once, and writes what it reads. */
class Sampler {
  #position = 0;
  #atoms = 0;
  readonly #pattern: string;
  readonly #random: Random;

  constructor(pattern: string, random: Random) {
    this.#pattern = pattern;
    this.#random = random;
  }

  sample(): string {
    const text = this.#alternatives();
    if (this.#position < this.#pattern.length) throw new RangeError('Unbalanced pattern');
    return text;
  }

  #alternatives(): string {
    const choices = [this.#sequence()];
    while (this.#peek() === '|') {
      this.#position += 1;
      choices.push(this.#sequence());
    }
    return this.#random.pick(choices);
  }

  #sequence(): string {
    let text = '';
    while (this.#position < this.#pattern.length && !'|)'.includes(this.#peek())) {
      const start = this.#position;
      const piece = this.#atom();
      const end = this.#position;
      const [low, high] = this.#quantifier();
      const after = this.#position;
      const count = this.#random.between(low, high);
      text += count > 0 ? piece : '';
      // Every further repetition reads the atom again, so that its choices differ.
      for (let index = 1; index < count; index += 1) {
        this.#position = start;
        text += this.#atom();
        this.#position = end;
      }
      this.#position = after;
    }
    return text;
  }

  #atom(): string {
    this.#atoms += 1;
    if (this.#atoms > MAX_ATOMS) throw new RangeError('The pattern is too long');
    const sign = this.#take();
    switch (sign) {
      case '^':
      case '$':
        return '';
      case '.':
        return this.#random.text(1, WORD);
      case '(':
        return this.#group();
      case '[':
        return this.#random.text(1, this.#characterClass());
      case '\\':
        return this.#escape(this.#take());
      default:
        return sign;
    }
  }

  #group(): string {
    if (this.#peek() === '?') {
      const kind = /^\?(?::|<\w+>)/.exec(this.#pattern.slice(this.#position));
      if (!kind) throw new RangeError('Look-around is not understood');
      this.#position += kind[0].length;
    }
    const text = this.#alternatives();
    if (this.#take() !== ')') throw new RangeError('Unbalanced group');
    return text;
  }

  #escape(sign: string): string {
    if (sign === 'b' || sign === 'B') return '';
    const set = classOf(sign);
    return set === null ? unescape(sign) : this.#random.text(1, set);
  }

  #characterClass(): string {
    const isNegated = this.#peek() === '^';
    if (isNegated) this.#position += 1;
    let set = '';
    while (this.#peek() !== ']') {
      const first = this.#classMember();
      if (first.length === 1 && this.#peek() === '-' && this.#pattern[this.#position + 1] !== ']') {
        this.#position += 1;
        set += range(first, this.#classMember());
      } else set += first;
    }
    this.#position += 1;
    if (!isNegated) return set;
    const left = Array.from(PRINTABLE).filter((sign) => !set.includes(sign));
    const words = left.filter((sign) => WORD.includes(sign));
    return (words.length > 0 ? words : left).join('');
  }

  #classMember(): string {
    const sign = this.#take();
    if (sign !== '\\') return sign;
    const escaped = this.#take();
    return classOf(escaped) ?? unescape(escaped);
  }

  #quantifier(): [low: number, high: number] {
    const match = /^(?:[*+?]|\{(\d+)(,)?(\d+)?\})\??/.exec(this.#pattern.slice(this.#position));
    if (!match) return [1, 1];
    this.#position += match[0].length;
    const [text, low, comma, high] = match;
    if (text.startsWith('*')) return [0, MAX_EXTRA];
    if (text.startsWith('+')) return [1, 1 + MAX_EXTRA];
    if (text.startsWith('?')) return [0, 1];
    const least = Number(low);
    if (comma === undefined) return [least, least];
    return [least, high === undefined ? least + MAX_EXTRA : Number(high)];
  }

  #peek(): string {
    return this.#pattern[this.#position] ?? '';
  }

  #take(): string {
    const sign = this.#pattern[this.#position];
    if (sign === undefined) throw new RangeError('The pattern ends too early');
    this.#position += 1;
    return sign;
  }
}

function classOf(sign: string): string | null {
  switch (sign) {
    case 'd':
      return DIGITS;
    case 'w':
      return WORD;
    case 's':
      return ' ';
    case 'D':
    case 'S':
    case 'W':
      return sign === 'W' ? '-+.' : LETTERS;
    default:
      return null;
  }
}

function unescape(sign: string): string {
  const controls: Record<string, string> = { n: '\n', t: '\t', r: '\r' };
  if (/[pPuxkc1-9]/.test(sign)) throw new RangeError(`\\${sign} is not understood`);
  return controls[sign] ?? sign;
}

function range(first: string, last: string): string {
  const [low, high] = [first.charCodeAt(0), last.charCodeAt(0)];
  return Array.from({ length: high - low + 1 }, (_, index) =>
    String.fromCharCode(low + index),
  ).join('');
}
