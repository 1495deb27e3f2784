import {
  createErrorBody,
  endings,
  messageSchema,
  NO_PARENT,
  type ContentPart,
  type Ending,
  type ErrorBody,
  type FileReference,
} from '@openrouter-native/protocol';
import type { StoredMessage } from '../database/schema.ts';
import { anAnswer, aQuestion, aStep } from '../database/testing/chats.ts';
import { toMessage } from './to-message.ts';

const owner = {
  userId: '11111111-1111-4111-8111-111111111111',
  conversationId: '22222222-2222-4222-8222-222222222222',
};
const question = (fields: Partial<StoredMessage> = {}) => aQuestion({ ...owner, ...fields });
const answer = (fields: Partial<StoredMessage> = {}) => anAnswer({ ...owner, ...fields });

const failure: ErrorBody['error'] = createErrorBody('provider_error', 'It broke.').error;
const errorPart: ContentPart = { type: 'error', error: 'It broke.', details: failure };

const aFile = (name: string, type: string): FileReference => ({
  file_id: name,
  filename: name,
  type,
  filepath: `/api/files/${name}`,
  bytes: 3,
});

describe('a question', () => {
  it('is told without anything that only answers have', () => {
    const message = toMessage(question({ id: 'q', text: 'Why?' }));

    expect(message).toEqual({
      messageId: 'q',
      conversationId: owner.conversationId,
      parentMessageId: NO_PARENT,
      isCreatedByUser: true,
      sender: 'User',
      text: 'Why?',
      content: [{ type: 'text', text: 'Why?' }],
      endpoint: 'openrouter',
      model: null,
      ending: null,
      unfinished: false,
      error: false,
      createdAt: '2026-01-01T12:00:00.000Z',
      updatedAt: '2026-01-01T12:00:00.000Z',
    });
    expect(messageSchema.parse(message)).toEqual(message);
  });

  it('names what it follows and its attachments', () => {
    const picture = aFile('a.png', 'image/png');
    const paper = aFile('b.pdf', 'application/pdf');
    const content: ContentPart[] = [
      { type: 'text', text: 'See' },
      { type: 'image_file', image_file: picture },
      { type: 'file', file: paper },
    ];

    const message = toMessage(question({ parentId: 'p', content }));

    expect(message).toMatchObject({ parentMessageId: 'p', files: [picture, paper], text: 'See' });
    expect(toMessage(question({ content }), [paper]).files).toEqual([paper]);
    expect(toMessage(question({ content }), [])).not.toHaveProperty('files');
  });
});

describe('an answer', () => {
  it('tells how it was given', () => {
    const message = toMessage(answer({ parentId: 'q', agentId: 'agent_1', endpoint: 'agents' }));

    expect(message).toMatchObject({
      parentMessageId: 'q',
      isCreatedByUser: false,
      sender: 'GPT-5 Mini',
      model: 'openai/gpt-5-mini',
      agent_id: 'agent_1',
      endpoint: 'agents',
      ending: 'complete',
      finish_reason: 'stop',
      served_model: 'openai/gpt-5-mini-2025-08-07',
      provider: 'OpenAI',
      generation_id: 'gen-1',
      usage: { prompt_tokens: 10, cost: 0.0001 },
      first_content_ms: 400,
      duration_ms: 1500,
      error_details: null,
      limit: null,
    });
    expect(messageSchema.parse(message)).toEqual(message);
  });

  it('never tells the details of its thoughts', () => {
    const details = [{ type: 'reasoning.text', text: 'planted', signature: 'planted' }];
    const message = toMessage(answer({ steps: [aStep({ reasoning_details: details })] }));

    expect(JSON.stringify(message)).not.toMatch(/planted|reasoning_details/);
    expect(message.steps).toHaveLength(1);
  });

  it('sums up what its steps used, and does not know what is unknown of one', () => {
    const first = aStep({ usage: { prompt_tokens: 10, completion_tokens: 5, cost: 0.1 } });
    const last = aStep({
      step: 1,
      generation_id: 'gen-2',
      model: 'other/model',
      usage: { prompt_tokens: 20, cost: 0.2 },
    });

    const message = toMessage(answer({ steps: [first, last] }));

    expect(message.usage).toEqual({ prompt_tokens: 30, completion_tokens: null, cost: 0.3 });
    expect(message).toMatchObject({ generation_id: 'gen-2', served_model: 'other/model' });
    expect(toMessage(answer({ steps: [first, aStep({ usage: null })] })).usage).toBeNull();
    expect(toMessage(answer({ steps: [] })).usage).toBeNull();
  });

  it('has no finish reason rather than one that is null', () => {
    expect(toMessage(answer({ steps: [] }))).not.toHaveProperty('finish_reason');
  });

  it('has all text parts as its text, whatever is between them', () => {
    const content: ContentPart[] = [
      { type: 'think', think: 'Hm' },
      { type: 'text', text: 'One\0' },
      errorPart,
      { type: 'text', text: 'Two' },
    ];

    expect(toMessage(answer({ content, text: 'stored' })).text).toBe('One\0Two');
  });

  it.each<[Ending | null, boolean]>([
    [null, true],
    ...endings.map((ending): [Ending, boolean] => [ending, ending !== 'complete']),
  ])('that ended as %s is unfinished: %s', (ending, unfinished) => {
    expect(toMessage(answer({ ending }))).toMatchObject({ ending, unfinished, error: false });
  });

  it('is an error when it is nothing else, and keeps the words before one', () => {
    const failed = { ending: 'failed' as const, error: failure };

    expect(toMessage(answer({ ...failed, content: [errorPart] }))).toMatchObject({
      error: true,
      error_details: failure,
    });
    expect(
      toMessage(answer({ ...failed, content: [{ type: 'text', text: 'So far' }, errorPart] })),
    ).toMatchObject({ error: false, unfinished: true, error_details: failure, text: 'So far' });
  });
});
