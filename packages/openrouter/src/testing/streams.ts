import type { ChatEvent, Ending } from '@openrouter-native/protocol';

/** A recorded event stream, and what it means. Short on purpose: some tests cut it at every byte. */
export interface RecordedStream {
  name: string;
  /** `data:` payloads in order, `[DONE]` included if it was sent. */
  payloads: readonly string[];
  /** The whole of it, with the comments upstream sends before it has something to say. */
  bytes: Buffer;
  /** All events but the last, `finish`. */
  events: readonly ChatEvent[];
  /** How it ends when all of it arrives. */
  ending: Ending;
}

type Fields = Record<string, unknown>;

/** One chunk of a stream, as JSON text. */
export function aChunk(delta: Fields, choice: Fields = {}, rest: Fields = {}): string {
  return JSON.stringify({ id: 'gen-1', model: 'a/b', choices: [{ delta, ...choice }], ...rest });
}

export const usage = { prompt_tokens: 3, completion_tokens: 2, cost: 0.00001 };
export const TERMINATOR = '[DONE]';
const START: ChatEvent = { type: 'start', generationId: 'gen-1', model: 'a/b', provider: null };

/** The chunks that end an answer: finish, the same once more with usage, terminator. */
export function theEnd(reason = 'stop'): string[] {
  const finish = { finish_reason: reason };
  return [aChunk({}, finish), aChunk({}, finish, { usage }), TERMINATOR];
}

/** The bytes of a stream with these payloads. */
export function toBytes(payloads: readonly string[]): Buffer {
  return Buffer.from(payloads.map((payload) => `data: ${payload}\n\n`).join(''));
}

const COMMENT = Buffer.from(': OPENROUTER PROCESSING\n\n');

function recorded(
  name: string,
  payloads: string[],
  events: ChatEvent[],
  ending: Ending,
): RecordedStream {
  return {
    name,
    payloads,
    bytes: Buffer.concat([COMMENT, toBytes(payloads)]),
    events: [START, ...events],
    ending,
  };
}

const toolCall = (fields: Fields, argumentsText: string) => ({
  tool_calls: [{ index: 0, ...fields, function: { ...fields, arguments: argumentsText } }],
});
const toolEvent = (id: string | null, argumentsText: string): ChatEvent => ({
  type: 'tool-call-delta',
  index: 0,
  id,
  name: id && 'f',
  argumentsText,
});
const details = [{ type: 'reasoning.text', index: 0, text: 'Hm', signature: 's' }];
const url = 'data:image/png;base64,AAAA';

/** One of each kind. */
export const recordedStreams: readonly RecordedStream[] = [
  recorded(
    'text',
    [
      aChunk({ content: '' }),
      aChunk({ content: 'Grüß ' }),
      aChunk({ content: '😀!' }),
      ...theEnd(),
    ],
    [
      { type: 'text-delta', text: 'Grüß ' },
      { type: 'text-delta', text: '😀!' },
      { type: 'usage', usage },
    ],
    'complete',
  ),
  recorded(
    'text up to the token limit, with usage beside empty choices',
    [
      aChunk({ content: 'Hi' }),
      aChunk({}, { finish_reason: 'length' }),
      JSON.stringify({ id: 'gen-1', choices: [], usage }),
      TERMINATOR,
    ],
    [
      { type: 'text-delta', text: 'Hi' },
      { type: 'usage', usage },
    ],
    'length',
  ),
  recorded(
    'a tool call',
    [
      aChunk(toolCall({ id: 'call', name: 'f' }, '')),
      aChunk(toolCall({}, '{"a"')),
      aChunk(toolCall({}, ':1}')),
      ...theEnd('tool_calls'),
    ],
    [
      toolEvent('call', ''),
      toolEvent(null, '{"a"'),
      toolEvent(null, ':1}'),
      { type: 'usage', usage },
    ],
    'tool_calls',
  ),
  recorded(
    'reasoning',
    [
      aChunk({ reasoning: 'Hm', reasoning_details: details }),
      aChunk({ content: 'So' }),
      ...theEnd('content_filter'),
    ],
    [
      { type: 'reasoning-delta', text: 'Hm' },
      { type: 'reasoning-details', details },
      { type: 'text-delta', text: 'So' },
      { type: 'usage', usage },
    ],
    'content_filter',
  ),
  recorded(
    'a picture',
    [aChunk({ images: [{ type: 'image_url', image_url: { url } }] }), ...theEnd()],
    [
      { type: 'image', url },
      { type: 'usage', usage },
    ],
    'complete',
  ),
  recorded(
    'an error',
    [
      aChunk({ content: 'Hi' }),
      aChunk(
        { content: '' },
        { finish_reason: 'error' },
        { error: { code: 502, message: 'Provider disconnected' } },
      ),
      TERMINATOR,
    ],
    [{ type: 'text-delta', text: 'Hi' }],
    'failed',
  ),
];
