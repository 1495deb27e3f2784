import type { Conversation } from '@openrouter-native/protocol';
import { createStorage } from '../testing/storage.ts';
import { createUnsentSettings } from './unsent-settings.ts';

const NEW = { conversationId: null, agentId: null };
const C1 = { conversationId: 'c1', agentId: null };
const withAgent = (agentId: string) => ({ conversationId: null, agentId });

function aConversation(fields: Partial<Conversation> = {}): Conversation {
  return {
    conversationId: 'c1',
    title: '',
    endpoint: 'openrouter',
    model: 'a/b',
    isArchived: false,
    user: 'u1',
    createdAt: '2026-10-01T12:00:00.000Z',
    updatedAt: '2026-10-01T12:00:00.000Z',
    ...fields,
  };
}

it('keeps changes over a reload', () => {
  const storage = createStorage();
  const before = createUnsentSettings(storage);
  before.change(C1, { model_parameters: { temperature: 1 } });
  before.change(C1, { promptPrefix: 'Be kind.' });

  const after = createUnsentSettings(storage);

  expect(after.get(C1)).toEqual({
    model_parameters: { temperature: 1 },
    promptPrefix: 'Be kind.',
  });
  expect(after.get(NEW)).toEqual({});
});

it('gives the same object until something changes, and tells who listens', () => {
  const unsent = createUnsentSettings(createStorage());
  let calls = 0;
  const stop = unsent.subscribe(() => (calls += 1));
  unsent.change(C1, { spending_limit: 1 });

  expect(unsent.get(C1)).toBe(unsent.get(C1));
  expect(unsent.get(NEW)).toBe(unsent.get(NEW));
  stop();
  unsent.change(C1, { spending_limit: 2 });
  expect(calls).toBe(1);
});

it('forgets what the server has taken, and keeps what was changed since', () => {
  const unsent = createUnsentSettings(createStorage());
  unsent.change(C1, {
    model: 'a/b',
    model_parameters: { seed: 1, top_p: 1 },
    spending_limit: null,
  });
  unsent.change(C1, { promptPrefix: 'Later.' });

  unsent.settle(aConversation({ model_parameters: { top_p: 1, seed: 1 } }));

  expect(unsent.get(C1)).toEqual({ promptPrefix: 'Later.' });
});

it('goes with a conversation that begins, and leaves nothing for the next new one', () => {
  const storage = createStorage();
  const unsent = createUnsentSettings(storage);
  unsent.change(NEW, { model: 'a/b', promptPrefix: 'Be kind.' });
  unsent.begin(aConversation({ promptPrefix: 'Be kind.' }));

  expect(unsent.get(NEW)).toEqual({});
  expect(unsent.get(C1)).toEqual({});
  expect(storage.entries.size).toBe(0);
});

it('keeps the limits of a conversation with an agent until the server does', () => {
  const unsent = createUnsentSettings(createStorage());
  unsent.change(withAgent('agent_1'), { spending_limit: 0.5 });
  unsent.begin(aConversation({ endpoint: 'agents', model: null, agent_id: 'agent_1' }));

  expect(unsent.get(C1)).toEqual({ spending_limit: 0.5 });
});

it('does not mix new conversations with different agents, or without one', () => {
  const unsent = createUnsentSettings(createStorage());
  unsent.change(NEW, { promptPrefix: 'Be kind.' });

  expect(unsent.get(withAgent('agent_1'))).toEqual({});
  unsent.change(withAgent('agent_1'), { spending_limit: 1 });
  expect(unsent.get(withAgent('agent_1'))).toEqual({ spending_limit: 1 });
});

it('remembers twenty conversations, the latest changed', () => {
  const unsent = createUnsentSettings(createStorage());
  for (let index = 0; index < 25; index += 1) {
    unsent.change({ conversationId: `c${index}`, agentId: null }, { spending_limit: 1 });
  }

  expect(unsent.get({ conversationId: 'c4', agentId: null })).toEqual({});
  expect(unsent.get({ conversationId: 'c5', agentId: null })).toEqual({ spending_limit: 1 });
});

it.each(['{', '[["c1"]]', '"x"'])('begins anew where it cannot read %j', (text) => {
  const storage = createStorage({ 'openrouter-native:unsent-settings': text });

  expect(createUnsentSettings(storage).get(C1)).toEqual({});
});

it('keeps what was chosen for a new chat when one with an agent begins', () => {
  const unsent = createUnsentSettings(createStorage());
  unsent.change(NEW, { model: 'a/b', agent_id: null });

  unsent.begin(aConversation({ endpoint: 'agents', model: null, agent_id: 'agent_1' }));

  expect(unsent.get(C1)).toEqual({});
  expect(unsent.get(NEW)).toEqual({ model: 'a/b', agent_id: null });
});

it('goes along with an agent that was chosen in a new chat', () => {
  const unsent = createUnsentSettings(createStorage());
  unsent.change(NEW, { agent_id: 'agent_1', spending_limit: 2 });

  unsent.begin(aConversation({ endpoint: 'agents', model: null, agent_id: 'agent_1' }));

  expect(unsent.get(C1)).toEqual({ spending_limit: 2 });
  expect(unsent.get(NEW)).toEqual({});
});

it('holds on to changes where the browser has no room', () => {
  const storage = createStorage();
  storage.setItem = () => {
    throw new DOMException('full', 'QuotaExceededError');
  };
  const unsent = createUnsentSettings(storage);
  unsent.change(C1, { spending_limit: 1 });

  expect(unsent.get(C1)).toEqual({ spending_limit: 1 });
});

it('leaves nothing behind when it is cleared', () => {
  const storage = createStorage();
  const unsent = createUnsentSettings(storage);
  unsent.change(C1, { promptPrefix: 'Mine.' });
  unsent.clear();

  expect(unsent.get(C1)).toEqual({});
  expect(JSON.stringify([...storage.entries])).not.toContain('Mine.');
});
