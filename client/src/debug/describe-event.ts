/**
 * One event of a stream in a line: its id, its type and its size, and nothing of what it says.
 *
 * @param frame - The lines of one event, without the empty line at its end.
 * @returns `null` for a comment, which only keeps the connection open.
 */
export function describeEvent(frame: string): string | null {
  const lines = frame.split(/\r\n|\r|\n/);
  const field = (name: string) =>
    lines
      .filter((line) => line.startsWith(`${name}:`))
      .map((line) => line.slice(name.length + 1).replace(/^ /, ''));
  const data = field('data').join('\n');
  if (data === '') return null;
  const [id] = field('id');
  return [
    id !== undefined && /^\d+$/.test(id) && `#${id}`,
    typeOf(data),
    `${data.length} characters`,
  ]
    .filter(Boolean)
    .join(' ');
}

/** Types are words of ours; anything else might be part of an answer. */
function typeOf(data: string): string {
  if (data === '[DONE]') return 'done';
  try {
    const event: unknown = JSON.parse(data);
    if (typeof event !== 'object' || event === null) return 'unknown';
    const { type } = event as { type?: unknown };
    if (typeof type === 'string' && /^[a-z-]{1,32}$/.test(type)) return type;
    return 'choices' in event ? 'chunk' : 'unknown';
  } catch {
    return 'unreadable';
  }
}
