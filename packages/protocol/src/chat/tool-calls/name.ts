/**
 * Reads one more name for a call that has one: some providers send a name in pieces, some send it
 * again with every piece, some send what they have of it so far.
 *
 * @param isSameCall - The call's own id says that it is the same call.
 * @param toolNames - The tools on offer; they tell a piece of a name from a name.
 * @returns What the call is then called; `'other'` when the name is that of another call; `'unclear'`
 *   when it can be either.
 */
export function joinName(
  current: string | null,
  more: string,
  isSameCall: boolean,
  toolNames: ReadonlySet<string>,
): { name: string } | 'other' | 'unclear' {
  if (current === null) return { name: more };
  const begins = (text: string) => [...toolNames].some((name) => name.startsWith(text));
  const isWhole = toolNames.has(current);
  const joined = current + more;

  if (more === current) {
    if (!begins(joined)) return { name: current };
    return isWhole ? 'unclear' : { name: joined };
  }
  const names = [
    ...(begins(joined) ? [joined] : []),
    ...(more.startsWith(current) && begins(more) ? [more] : []),
  ];
  const isOther = isWhole && begins(more);
  if (names.length + (isOther ? 1 : 0) > 1) return 'unclear';
  if (names[0] !== undefined) return { name: names[0] };
  if (isWhole || toolNames.has(more)) return 'other';
  // Neither is a tool: a name that the model made up. Whatever it is, it is not run.
  return isSameCall ? { name: joined } : 'unclear';
}
