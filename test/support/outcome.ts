import { chatChunkSchema, chatCompletionSchema, traceSchema } from '@openrouter-native/protocol';

/**
 * What came of one chat request, in one line: `503 upstream_unreachable`, `"All is well." stop, a/b`, or
 * `"All is" stream_cut`. The last word of a proper answer is the model that served it, as the trace says.
 */
export async function outcomeOf(response: Response): Promise<string> {
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream');
  if (isStream) return outcomeOfStream(await response.text());

  const body: unknown = await response.json();
  if (response.status !== 200) return `${response.status} ${reasonIn(body)}`;
  const { choices, openrouter_native: trace } = chatCompletionSchema.parse(body);
  const { message, finish_reason: reason } = choices?.[0] ?? {};
  return `${quoted(message?.content)} ${reason}, ${servedIn(trace)}`;
}

function outcomeOfStream(text: string): string {
  const payloads = payloadsOf(text);
  if (payloads.filter((payload) => payload === '[DONE]').length !== 1) return 'not one [DONE]';
  if (payloads.at(-1) !== '[DONE]') return 'more after [DONE]';

  const chunks = payloads.slice(0, -1).map((payload) => chatChunkSchema.parse(JSON.parse(payload)));
  const said = quoted(chunks.map(({ choices }) => choices?.[0]?.delta?.content ?? '').join(''));
  const error = chunks.find((chunk) => chunk.error);
  if (error) return `${said} ${reasonIn(error)}`;
  const reason = chunks.findLast(({ choices }) => choices?.[0]?.finish_reason)?.choices?.[0];
  const trace = chunks.findLast((chunk) => chunk['openrouter_native'])?.['openrouter_native'];
  return `${said} ${reason?.finish_reason}, ${servedIn(trace)}`;
}

/** The `data:` payloads of a stream. */
export function payloadsOf(text: string): string[] {
  return text
    .split('\n\n')
    .filter((event) => event.startsWith('data: '))
    .map((event) => event.slice('data: '.length));
}

function reasonIn(body: unknown): string {
  return (body as { error: { reason: string } }).error.reason;
}

function servedIn(trace: unknown): string {
  return traceSchema.parse(trace).served ?? 'nobody';
}

const SHOWN = 20;

function quoted(text: string | null | undefined): string {
  const said = text ?? '';
  return said.length > SHOWN ? `${said.length} characters` : `"${said}"`;
}
