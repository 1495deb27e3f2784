import { inspect } from 'node:util';
import { z } from 'zod';

const lineSchema = z.looseObject({
  level: z.string(),
  time: z.string(),
  msg: z.string().optional(),
  from: z.string().optional(),
  request: z
    .object({
      method: z.string(),
      path: z.string(),
      status: z.number(),
      ms: z.number(),
      id: z.string().nullable(),
    })
    .optional(),
  error: z.looseObject({ stack: z.string().optional(), message: z.string() }).optional(),
});

const TAGS: Record<string, string> = { debug: 'debug ', info: '', warn: 'Warning: ', error: 'Error: ' }; // prettier-ignore

/**
 * One log line for a person: time of day, what happened, and the fields behind it.
 *
 * @param json - The line as pino wrote it.
 */
export function formatPretty(json: string): string {
  const parsed = lineSchema.safeParse(JSON.parse(json));
  if (!parsed.success) return json;
  const { level, time, msg = '', from, request, error, ...fields } = parsed.data;

  const clock = new Date(time).toTimeString().slice(0, 8);
  const speaker = from === undefined || msg.startsWith(`[${from}]`) ? '' : `[${from}] `;
  const text = request
    ? `${request.method} ${request.path} ${request.status} ${request.ms} ms`
    : msg;
  const rest = Object.entries(fields).map(([name, value]) => `${name}=${show(value)}`);
  const first = [`${clock} ${TAGS[level] ?? ''}${speaker}${text}`, ...rest].join(' ');
  return error ? `${first}\n${error.stack ?? error.message}\n` : `${first}\n`;
}

/** Text from outside must not begin a line of its own, nor colour the terminal. */
const CONTROL_CHARACTERS = /\p{Cc}/u;

function show(value: unknown): string {
  return typeof value === 'string' && !CONTROL_CHARACTERS.test(value)
    ? value
    : inspect(value, { breakLength: Infinity, depth: 4 });
}
