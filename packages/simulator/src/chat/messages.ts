import { invalidField } from '../invalid.ts';
import { isObject, type JsonObject } from '../json.ts';
import { readAttachment, type Attachment } from './attachment.ts';

const ROLES = ['system', 'developer', 'user', 'assistant', 'tool'] as const;
export type Role = (typeof ROLES)[number];

/** One message of the conversation, read and checked. */
export interface Turn {
  readonly role: Role;
  /** All text parts, joined. */
  readonly text: string;
  readonly attachments: readonly Attachment[];
  readonly toolCalls: readonly { id: string; name: string; argumentsText: string }[];
  /** As they were sent back. */
  readonly reasoningDetails: readonly JsonObject[];
  /** Of a tool's result. */
  readonly toolCallId: string | null;
  /** A part asks for its prefix to be cached. */
  readonly hasCacheMark: boolean;
}

/**
 * Reads `messages`, or the legacy `prompt`.
 *
 * @throws ApiError 400 when there are none, or one is not shaped like a message.
 */
export function readTurns(body: JsonObject): Turn[] {
  if (body['messages'] === undefined && typeof body['prompt'] === 'string') {
    return [plainTurn('user', body['prompt'])];
  }
  const { messages } = body;
  if (!Array.isArray(messages)) throw invalidField('messages', 'must be an array of messages');
  if (messages.length === 0) throw invalidField('messages', 'must hold at least one message');
  return messages.map((message: unknown, index) => readTurn(message, `messages.${index}`));
}

function readTurn(message: unknown, field: string): Turn {
  if (!isObject(message)) throw invalidField(field, 'must be an object');
  const role = ROLES.find((known) => known === message['role']);
  if (!role) throw invalidField(`${field}.role`, `must be one of ${ROLES.join(', ')}`);

  const { content } = message;
  const mayBeEmpty = role === 'assistant';
  if (content === undefined || content === null) {
    if (!mayBeEmpty) throw invalidField(`${field}.content`, 'is required');
  } else if (typeof content !== 'string' && !Array.isArray(content)) {
    throw invalidField(`${field}.content`, 'must be a string or an array of parts');
  }
  if (role === 'tool' && typeof message['tool_call_id'] !== 'string') {
    throw invalidField(`${field}.tool_call_id`, 'is required for tool messages');
  }

  const parts = typeof content === 'string' ? [{ type: 'text', text: content }] : (content ?? []);
  const turn = readParts(parts, `${field}.content`);
  return {
    ...turn,
    role,
    toolCalls: readToolCalls(message['tool_calls']),
    reasoningDetails: readDetails(message['reasoning_details']),
    toolCallId: role === 'tool' ? (message['tool_call_id'] as string) : null,
  };
}

function readParts(
  parts: readonly unknown[],
  field: string,
): Pick<Turn, 'text' | 'attachments' | 'hasCacheMark'> {
  const texts: string[] = [];
  const attachments: Attachment[] = [];
  let hasCacheMark = false;
  parts.forEach((part, index) => {
    if (!isObject(part)) throw invalidField(`${field}.${index}`, 'must be an object');
    hasCacheMark ||= part['cache_control'] != null || part['prompt_cache_breakpoint'] != null;
    if (part['type'] === 'text') {
      if (typeof part['text'] !== 'string') {
        throw invalidField(`${field}.${index}.text`, 'must be a string');
      }
      texts.push(part['text']);
    } else attachments.push(readAttachment(part, `${field}.${index}`));
  });
  return { text: texts.join('\n'), attachments, hasCacheMark };
}

function readToolCalls(value: unknown): Turn['toolCalls'] {
  if (!Array.isArray(value)) return [];
  return value.filter(isObject).map((call) => {
    const called = isObject(call['function']) ? call['function'] : {};
    return {
      id: textOf(call['id']),
      name: textOf(called['name']),
      argumentsText: textOf(called['arguments']),
    };
  });
}

function readDetails(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function plainTurn(role: Role, text: string): Turn {
  return {
    role,
    text,
    attachments: [],
    toolCalls: [],
    reasoningDetails: [],
    toolCallId: null,
    hasCacheMark: false,
  };
}
