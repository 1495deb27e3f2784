/**
 * The arguments of a stored call as a model can be given them back: as it wrote them, `{}` for none.
 *
 * @returns `null` for arguments that broke off or are no object: upstream refuses a turn with them.
 */
export function callArguments(args: string): string | null {
  if (args.trim() === '') return '{}';
  try {
    const value: unknown = JSON.parse(args);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? args : null;
  } catch {
    return null;
  }
}
