import { randomUUID } from 'node:crypto';
import type { NewConversation } from '../conversations.ts';
import type { StoredMessage, StoredStep } from '../schema.ts';

/** Noon of a day; messages of tests follow one another by seconds. */
export const NOON = new Date('2026-01-01T12:00:00Z');

/** The moment so many seconds after noon. */
export function afterNoon(seconds: number): Date {
  return new Date(NOON.getTime() + seconds * 1000);
}

/** A conversation with a plain model. */
export function aConversation(
  conversation: Pick<NewConversation, 'userId'> & Partial<NewConversation>,
): NewConversation {
  return {
    id: randomUUID(),
    title: 'A conversation',
    endpoint: 'openrouter',
    model: 'openai/gpt-5-mini',
    agentId: null,
    settings: {},
    ...conversation,
  };
}

type MessageFields = Pick<StoredMessage, 'userId' | 'conversationId'> & Partial<StoredMessage>;

/** What a person wrote, as it is stored. */
export function aQuestion(message: MessageFields): StoredMessage {
  const { text = 'What is it?' } = message;
  return {
    id: randomUUID(),
    parentId: null,
    isCreatedByUser: true,
    sender: 'User',
    text,
    content: [{ type: 'text', text }],
    endpoint: 'openrouter',
    model: null,
    agentId: null,
    ending: null,
    error: null,
    limit: null,
    steps: [],
    annotations: [],
    firstContentMs: null,
    durationMs: null,
    leaseUntil: null,
    createdAt: NOON,
    updatedAt: NOON,
    ...message,
  };
}

/** What a model answered, as it is stored: whole, unless told otherwise. */
export function anAnswer(message: MessageFields): StoredMessage {
  const { text = 'It is this.' } = message;
  return {
    ...aQuestion({ ...message, text }),
    isCreatedByUser: false,
    sender: 'GPT-5 Mini',
    content: [{ type: 'text', text, step: 0 }],
    model: 'openai/gpt-5-mini',
    ending: 'complete',
    steps: [aStep()],
    firstContentMs: 400,
    durationMs: 1500,
    ...message,
  };
}

/** One call of a model that told what it used. */
export function aStep(step: Partial<StoredStep> = {}): StoredStep {
  return {
    step: 0,
    generation_id: 'gen-1',
    model: 'openai/gpt-5-mini-2025-08-07',
    provider: 'OpenAI',
    finish_reason: 'stop',
    ending: 'complete',
    usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15, cost: 0.0001 },
    trace: null,
    reasoning_details: [],
    ...step,
  };
}
