import { conversationSchema } from '@openrouter-native/protocol';
import type { StoredConversation } from '../database/schema.ts';
import { aConversation, afterNoon, NOON } from '../database/testing/chats.ts';
import { toConversation } from './to-conversation.ts';

function stored(fields: Partial<StoredConversation> = {}): StoredConversation {
  const conversation = aConversation({ userId: 'u', id: 'c' });
  return { ...conversation, archivedAt: null, createdAt: NOON, updatedAt: afterNoon(1), ...fields };
}

it('tells of a conversation with a plain model, with the settings of its next answer', () => {
  const settings = {
    promptPrefix: 'Be brief',
    model_parameters: { top_p: 0.5 },
    spending_limit: 1,
  };

  const conversation = toConversation(stored({ settings }));

  expect(conversation).toEqual({
    conversationId: 'c',
    title: 'A conversation',
    endpoint: 'openrouter',
    model: 'openai/gpt-5-mini',
    ...settings,
    isArchived: false,
    archivedAt: null,
    user: 'u',
    createdAt: '2026-01-01T12:00:00.000Z',
    updatedAt: '2026-01-01T12:00:01.000Z',
  });
  expect(conversationSchema.parse(conversation)).toEqual(conversation);
});

it('tells of an archived conversation with an agent', () => {
  const conversation = toConversation(
    stored({ endpoint: 'agents', model: null, agentId: 'agent_1', archivedAt: NOON }),
  );

  expect(conversation).toMatchObject({
    endpoint: 'agents',
    agent_id: 'agent_1',
    isArchived: true,
    archivedAt: NOON.toISOString(),
  });
});

it('lets no setting stand in for what the conversation is', () => {
  const settings = { user: 'eve', conversationId: 'x' } as StoredConversation['settings'];

  expect(toConversation(stored({ settings }))).toMatchObject({ conversationId: 'c', user: 'u' });
});
