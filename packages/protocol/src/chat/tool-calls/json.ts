/**
 * How far the text of a JSON object has come. `invalid` means that no JSON object begins like this;
 * the reverse does not hold, because numbers, words and the digits of `\u` are not looked at closely.
 */
export interface ObjectText {
  readonly progress: 'blank' | 'open' | 'whole' | 'invalid';
  readonly expects: Expectation;
  /** The open containers, innermost first; `null` outside of all. */
  readonly container: Container | null;
}

type Expectation =
  | 'object'
  | 'first-key'
  | 'key'
  | 'rest-of-key'
  | 'escape-in-key'
  | 'colon'
  | 'first-item'
  | 'value'
  | 'rest-of-text'
  | 'escape-in-text'
  /** In a number, or in `true`, `false` or `null`. */
  | 'rest-of-word'
  | 'separator'
  | 'nothing';

interface Container {
  readonly isArray: boolean;
  readonly depth: number;
  readonly outer: Container | null;
}

export const noObjectText: ObjectText = { progress: 'blank', expects: 'object', container: null };

/** Deeper than the arguments of any tool; what is deeper breaks whoever walks it by recursion. */
const MAX_DEPTH = 200;

const invalid: ObjectText = { progress: 'invalid', expects: 'nothing', container: null };

const BLANK = ' \t\r\n';
const WORD = /^[-+.0-9A-Za-z]$/;
const WORD_START = /^[-0-9tfn]$/;
const ESCAPED = '"\\/bfnrtu';

/** Reads the next piece of the text. Pure; keeps none of it. */
export function readObjectText(state: ObjectText, piece: string): ObjectText {
  let next = state;
  for (const character of piece) {
    if (next.progress === 'invalid') return next;
    next = readCharacter(next, character);
  }
  return next;
}

/** Whether a piece can be the beginning of a JSON object, and shows it. */
export function beginsObject(piece: string): boolean {
  return piece.trimStart().startsWith('{');
}

/** Nothing, or white space. */
export function isBlank(piece: string): boolean {
  return piece.trim() === '';
}

function readCharacter(state: ObjectText, character: string): ObjectText {
  switch (state.expects) {
    case 'rest-of-key':
      return readString(state, character, 'escape-in-key', 'colon');
    case 'rest-of-text':
      return readString(state, character, 'escape-in-text', 'separator');
    case 'escape-in-key':
      return ESCAPED.includes(character) ? expecting(state, 'rest-of-key') : invalid;
    case 'escape-in-text':
      return ESCAPED.includes(character) ? expecting(state, 'rest-of-text') : invalid;
    case 'rest-of-word':
      if (WORD.test(character)) return state;
      return readCharacter(expecting(state, 'separator'), character);
    default:
      return BLANK.includes(character) ? state : readMark(state, character);
  }
}

function readString(
  state: ObjectText,
  character: string,
  escape: Expectation,
  after: Expectation,
): ObjectText {
  if (character === '"') return expecting(state, after);
  if (character === '\\') return expecting(state, escape);
  return character < ' ' ? invalid : state;
}

function readMark(state: ObjectText, character: string): ObjectText {
  switch (state.expects) {
    case 'object':
      return character === '{' ? open(state, false) : invalid;
    case 'first-key':
    case 'key':
      if (character === '"') return expecting(state, 'rest-of-key');
      return character === '}' && state.expects === 'first-key' ? close(state) : invalid;
    case 'colon':
      return character === ':' ? expecting(state, 'value') : invalid;
    case 'first-item':
      return character === ']' ? close(state) : readValue(state, character);
    case 'value':
      return readValue(state, character);
    case 'separator': {
      const isArray = state.container?.isArray === true;
      if (character === ',') return expecting(state, isArray ? 'value' : 'key');
      return character === (isArray ? ']' : '}') ? close(state) : invalid;
    }
    default:
      return invalid;
  }
}

function readValue(state: ObjectText, character: string): ObjectText {
  if (character === '{' || character === '[') return open(state, character === '[');
  if (character === '"') return expecting(state, 'rest-of-text');
  return WORD_START.test(character) ? expecting(state, 'rest-of-word') : invalid;
}

function open({ container }: ObjectText, isArray: boolean): ObjectText {
  const depth = (container?.depth ?? 0) + 1;
  if (depth > MAX_DEPTH) return invalid;
  return {
    progress: 'open',
    expects: isArray ? 'first-item' : 'first-key',
    container: { isArray, depth, outer: container },
  };
}

function close({ container }: ObjectText): ObjectText {
  const outer = container?.outer ?? null;
  return outer
    ? { progress: 'open', expects: 'separator', container: outer }
    : { progress: 'whole', expects: 'nothing', container: null };
}

function expecting(state: ObjectText, expects: Expectation): ObjectText {
  return { ...state, expects };
}

/** Whether two JSON texts mean the same; false when one of them is no JSON. */
export function meansTheSame(one: string, other: string): boolean {
  if (one === other) return true;
  try {
    return isSame(JSON.parse(one), JSON.parse(other));
  } catch {
    return false;
  }
}

/** The order of keys means nothing. */
function isSame(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) {
    return one === other;
  }
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const entries = Object.entries(one);
  if (entries.length !== Object.keys(other).length) return false;
  return entries.every(
    ([key, value]) =>
      Object.hasOwn(other, key) && isSame(value, (other as Record<string, unknown>)[key]),
  );
}
