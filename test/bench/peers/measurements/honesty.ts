import { request } from 'undici';
import type { Contestant } from '../contestants.ts';
import { scriptedBody } from '../load/question.ts';

/** What a reader was told. */
export interface Told {
  words: string;
  /** False for an answer that looks whole and is not, or for words that nobody said. */
  honest: boolean;
}

/** What went wrong, in the order of the table. */
export const troubles: readonly { script: string; title: string; stream: boolean }[] = [
  { script: 'cut', title: 'Connection cut in mid-answer', stream: true },
  { script: 'short', title: 'Body ends before the answer', stream: true },
  { script: 'late-error', title: 'Error event after two words', stream: true },
  { script: 'first-error', title: 'Error event before any word', stream: true },
  { script: '402', title: 'Refusal 402', stream: false },
  { script: '403', title: 'Refusal 403', stream: false },
  { script: '429', title: 'Refusal 429 with `Retry-After`', stream: false },
  { script: 'split', title: 'Characters split between packets', stream: true },
];

const TEXT = 'Grüße 👋🏽 世界';
const LIMIT_MS = 20_000;

/** What each contestant makes of each trouble. */
export async function observe(
  { door }: Contestant,
  { script, stream }: (typeof troubles)[number],
): Promise<Told> {
  const seen = await ask(door, scriptedBody(door, { name: script, stream, tokens: 0 }));
  if (script === 'split') {
    const isWhole = contentOf(seen.body) === TEXT;
    return { words: isWhole ? 'whole' : 'garbled', honest: isWhole };
  }
  if (!stream) return refusal(seen, Number(script));
  if (seen.status !== 200) return { words: `status ${seen.status}`, honest: true };
  if (hasErrorEvent(seen.body)) return { words: 'error event', honest: true };
  if (seen.broken) return { words: 'broken connection', honest: true };
  return { words: '**looks whole**', honest: false };
}

interface Seen {
  status: number;
  body: string;
  retryAfter: boolean;
  /** The body did not end as HTTP demands. */
  broken: boolean;
}

async function ask(door: Contestant['door'], body: string): Promise<Seen> {
  const seen: Seen = { status: 0, body: '', retryAfter: false, broken: false };
  const chunks: Buffer[] = [];
  try {
    const answer = await request(`http://127.0.0.1:${door.port}${door.path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...door.headers },
      body,
      signal: AbortSignal.timeout(LIMIT_MS),
    });
    seen.status = answer.statusCode;
    seen.retryAfter = answer.headers['retry-after'] !== undefined;
    for await (const chunk of answer.body as AsyncIterable<Buffer>) chunks.push(chunk);
  } catch {
    seen.broken = true;
  }
  seen.body = Buffer.concat(chunks).toString();
  return seen;
}

function refusal({ status, body, retryAfter }: Seen, expected: number): Told {
  const { error } = parse(body) as { error?: { reason?: string } };
  const words = [
    String(status),
    ...(error?.reason === undefined ? [] : [`\`${error.reason}\``]),
    ...(expected === 429 && !retryAfter ? ['no `Retry-After`'] : []),
  ];
  return { words: words.join(', '), honest: status === expected };
}

function payloads(body: string): { error?: unknown; choices?: Choice[] }[] {
  const lines = body.split('\n').filter((line) => line.startsWith('data: {'));
  return lines.map((line) => parse(line.slice('data: '.length)));
}

interface Choice {
  delta?: { content?: string };
  finish_reason?: string | null;
}

function hasErrorEvent(body: string): boolean {
  return payloads(body).some(
    ({ error, choices }) => error != null || choices?.[0]?.finish_reason === 'error',
  );
}

function contentOf(body: string): string {
  return payloads(body)
    .map(({ choices }) => choices?.[0]?.delta?.content ?? '')
    .join('');
}

function parse(text: string): object {
  try {
    return JSON.parse(text) as object;
  } catch {
    return {};
  }
}
