import type { RecordedRequest, Simulator } from '@openrouter-native/simulator';

/** What a chat request was asked with. */
export interface SentChat {
  model?: string;
  max_tokens?: number;
  reasoning?: unknown;
  messages: { role: string; content: unknown; [field: string]: unknown }[];
  [field: string]: unknown;
}

/** The calls that asked a model for an answer, without those that asked for a title. */
export function answerCalls(simulator: Simulator): RecordedRequest[] {
  return chatCalls(simulator).filter((call) => !isForTitle(call));
}

/** The calls that asked a model to name a conversation. */
export function titleCalls(simulator: Simulator): RecordedRequest[] {
  return chatCalls(simulator).filter(isForTitle);
}

/** What was sent with a call. */
export function sentWith(call: RecordedRequest | undefined): SentChat {
  if (!call) throw new Error('There was no such call');
  return call.body as SentChat;
}

function chatCalls({ requests }: Simulator): RecordedRequest[] {
  return requests.filter(({ path }) => path === '/api/v1/chat/completions');
}

function isForTitle(call: RecordedRequest): boolean {
  const [first] = sentWith(call).messages;
  return first?.role === 'system' && String(first.content).startsWith('You name conversations');
}
