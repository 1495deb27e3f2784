import type { ChatMessage, ChatRequest } from '@openrouter-native/protocol';
import type { Normaliser } from './change.ts';

/**
 * Mends thoughts that come back from LangChain, and so from LibreChat: it joins the pieces of a streamed
 * thought by joining all their texts, so that the name of their format comes as often as there were
 * pieces. No provider knows such a format, and the thoughts count as changed.
 */
export const mendRejoined: Normaliser = (request, note) => {
  const messages = request.messages.map(mendMessage);
  if (messages.every((message, index) => message === request.messages[index])) return request;
  note({ field: 'messages.reasoning_details.format', change: 'sent once instead of repeated' });
  return { ...request, messages } satisfies ChatRequest;
};

function mendMessage(message: ChatMessage): ChatMessage {
  if (message.role !== 'assistant' || !message.reasoning_details) return message;
  const isWhole = message.reasoning_details.every(({ format }) => mendFormat(format) === format);
  if (isWhole) return message;
  const mended = message.reasoning_details.map((detail) => ({
    ...detail,
    format: mendFormat(detail['format']),
  }));
  return { ...message, reasoning_details: mended };
}

/** `unknown`, or a name with a version: `openai-responses-v1`. */
const FIRST_FORMAT = /^(?:unknown|[a-z]+(?:-[a-z]+)*-v\d+)/;

function mendFormat(format: unknown): unknown {
  if (typeof format !== 'string') return format;
  const [first = format] = FIRST_FORMAT.exec(format) ?? [];
  return first.repeat(format.length / first.length) === format ? first : format;
}
