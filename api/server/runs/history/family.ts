/** Ids that stand for models of any maker. */
const ANY = new Set(['openrouter', '@preset']);

/**
 * Who makes a model. Thoughts are signed for the models of their maker; those of another one cannot
 * read them, or refuse the turn.
 *
 * @param model - An id or a dated slug, such as `anthropic/claude-haiku-4.5` or `~google/gemini-latest`.
 * @returns `null` for what may turn out to be any model, such as `openrouter/auto`.
 */
export function familyOf(model: string): string | null {
  const [maker = '', name] = model.replace(/^~/, '').split('/');
  return name === undefined || ANY.has(maker) ? null : maker.toLowerCase();
}

/**
 * Whether the models that may be asked next can read what another one thought.
 *
 * @param served - The model that thought; `null` when that is not known.
 * @param asked - The model that is asked, and those it falls back to.
 * @param ifUnknown - What holds where either of them may be of any maker.
 */
export function canReadThoughts(
  served: string | null,
  asked: readonly string[],
  ifUnknown: boolean,
): boolean {
  const family = served === null ? null : familyOf(served);
  const families = asked.map(familyOf);
  if (family === null || families.includes(null)) return ifUnknown;
  return families.includes(family);
}
