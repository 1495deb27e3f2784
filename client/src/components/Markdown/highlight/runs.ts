import { common, createLowlight } from 'lowlight';

type Nodes = ReturnType<ReturnType<typeof createLowlight>['highlight']>['children'];

/**
 * The colours of a group of lines, in order: how many characters, and the name of their class, such as
 * `5keyword,1,12string`. What is not covered has no colour. Text, because text crosses threads fast and
 * is compared fast.
 */
export type Runs = string;

/** Classes that code.css has a colour for; an element of any other looks like what is around it. */
const COLOURED = new Set(
  (
    'comment quote keyword selector-tag literal section link string regexp addition number symbol bullet ' +
    'attr attribute variable template-variable title name selector-id selector-class type built_in tag ' +
    'meta deletion emphasis strong'
  ).split(' '),
);

const lowlight = createLowlight(common);

/**
 * Finds the colours of code that is split into groups of lines.
 *
 * @returns One entry for each group; `null` for a language that is not known.
 */
export function findRuns(language: string, groups: readonly string[]): Runs[] | null {
  if (!lowlight.registered(language.toLowerCase())) return null;
  const { children } = lowlight.highlight(language.toLowerCase(), groups.join('\n'));
  const ends = groups.reduce<number[]>(
    (sums, { length }) => [...sums, (sums.at(-1) ?? -1) + length + 1],
    [],
  );
  return cut([...flatten(children, '')], ends);
}

/** Pieces of text with the innermost colour around each. */
function* flatten(nodes: Nodes, colour: string): Generator<[length: number, colour: string]> {
  for (const node of nodes) {
    if (node.type === 'text') yield [node.value.length, colour];
    if (node.type === 'element') yield* flatten(node.children, colourOf(node.properties) ?? colour);
  }
}

function colourOf({ className }: { className?: unknown }): string | undefined {
  if (!Array.isArray(className)) return undefined;
  const names = className.map((name) => String(name).replace('hljs-', ''));
  return names.find((name) => COLOURED.has(name));
}

/** @param ends - Where each group ends, without the line break after it. */
function cut(pieces: [length: number, colour: string][], ends: readonly number[]): Runs[] {
  const groups: Runs[] = [];
  let runs: string[] = [];
  let position = 0;
  let group = 0;
  const write = (length: number, colour: string) => {
    if (length > 0) runs.push(`${length}${colour}`);
    position += Math.max(0, length);
  };
  for (const [length, colour] of pieces) {
    let left = length;
    for (let end = ends[group]; end !== undefined && position + left > end; end = ends[group]) {
      const inside = Math.max(0, end - position);
      write(inside, colour);
      left -= inside + 1; // The line break between two groups belongs to neither.
      position += 1;
      groups.push(runs.join(','));
      runs = [];
      group += 1;
      if (left < 0) left = 0;
    }
    write(left, colour);
  }
  while (groups.length < ends.length) {
    groups.push(runs.join(','));
    runs = [];
  }
  return groups;
}
