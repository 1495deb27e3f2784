import type { Random } from '../seed.ts';

/** A small function over a list of texts, before it is written in any language. */
export interface Program {
  /** Words of the function's name: `['count', 'words']`. */
  readonly name: readonly string[];
  /** What one element is called. */
  readonly item: string;
  /** What the list is called. */
  readonly list: string;
  readonly goal: Goal;
  /** Elements without content are passed over. */
  readonly skipsEmpty: boolean;
  /** Upper and lower case are the same. */
  readonly ignoresCase: boolean;
  /** For `filter`: how many characters an element must have. */
  readonly minLength: number;
}

/** What the function is for. */
export type Goal = 'unique' | 'count' | 'filter' | 'total' | 'longest' | 'reverse';

const GOALS: readonly (readonly [RegExp, Goal])[] = [
  [/^(?:count\w*|frequenc\w*|occurrence\w*|histogram)$/i, 'count'],
  [/^(?:unique|distinct|duplicates?|dedup\w*)$/i, 'unique'],
  [/^(?:longest|max\w*|largest|biggest)$/i, 'longest'],
  [/^(?:filter\w*|remove\w*|select\w*|valid\w*)$/i, 'filter'],
  [/^(?:sum\w*|total\w*|length)$/i, 'total'],
  [/^(?:revers\w*|backwards?)$/i, 'reverse'],
];
/** Words that say what is wanted, and not what it is about. */
const NOT_A_NAME = new Set(
  `a an and the of in on to for from with that which by is are be it as or my me you your please can could
  write create show give make generate build implement fix get find finds return returns take takes
  python javascript typescript java rust go golang bash shell sql html css node js ts react csharp net
  function functions script program class algorithm snippet code fenced block query unit test tests
  list lists array arrays per each all some simple short small complete one two`.split(/\s+/),
);
const MAX_NAME_NOUNS = 2;

/** Designs a function that fits the words of the question; what they leave open is chance. */
export function designProgram(question: string, random: Random): Program {
  const words = (question.toLowerCase().match(/[a-z][a-z0-9]*/g) ?? []).filter(
    (word) => word.length > 1 && !NOT_A_NAME.has(word),
  );
  const named = words.map((word) => GOALS.find(([name]) => name.test(word))?.[1]).find(Boolean);
  const goal = named ?? random.pick(['unique', 'count', 'filter', 'total', 'longest'] as const);
  const nouns = words.filter((word) => !GOALS.some(([name]) => name.test(word)));
  const item = singular(nouns.at(-1) ?? 'item');
  return {
    name: [goal, ...nouns.slice(0, MAX_NAME_NOUNS)],
    item,
    list: `${item}s`,
    goal,
    skipsEmpty: random.chance(0.6),
    ignoresCase: random.chance(0.4) && goal !== 'total',
    minLength: random.between(2, 8),
  };
}

function singular(noun: string): string {
  if (/[^aeiou]ies$/.test(noun)) return `${noun.slice(0, -3)}y`;
  return /[^s]s$/.test(noun) ? noun.slice(0, -1) : noun;
}
