/** How deep a piece of JSON text is nested so far; enough to tell text that broke off. */
export interface Nesting {
  readonly depth: number;
  readonly inString: boolean;
  readonly afterBackslash: boolean;
}

export const noNesting: Nesting = { depth: 0, inString: false, afterBackslash: false };

/** Reads the next piece of the text. Keeps none of it. */
export function nest(nesting: Nesting, text: string): Nesting {
  let { depth, inString, afterBackslash } = nesting;
  for (const character of text) {
    if (afterBackslash) afterBackslash = false;
    else if (inString) {
      if (character === '\\') afterBackslash = true;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
  }
  return { depth, inString, afterBackslash };
}

/** Whether the text so far cannot be the whole. */
export function isOpen({ depth, inString }: Nesting): boolean {
  return depth > 0 || inString;
}
