import type { Conversation, Preset } from '@openrouter-native/protocol';
import { act, cleanup, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { createLanguageStore } from '../i18n/language-store.ts';
import { Providers } from '../Providers.tsx';
import { createServices, type Services } from '../services.ts';
import { startHost, type TestHost } from '../testing/host.ts';
import { createStorage } from '../testing/storage.ts';
import { useAnswerSettings } from './useAnswerSettings.ts';

const NEW = { conversationId: null, agentId: null };
const careful: Preset = {
  presetId: 'p1',
  endpoint: 'openrouter',
  title: 'Careful',
  model: null,
  promptPrefix: null,
  model_parameters: { provider: { zdr: true } },
  spending_limit: 0.1,
};

let host: TestHost;

afterEach(async () => {
  cleanup();
  localStorage.clear();
  sessionStorage.clear();
  await host.close();
});

function aConversation(fields: Partial<Conversation> = {}): Conversation {
  return {
    conversationId: 'c1',
    title: '',
    endpoint: 'openrouter',
    model: 'a/b',
    model_parameters: { temperature: 1 },
    isArchived: false,
    user: 'u1',
    createdAt: '2026-10-01T12:00:00.000Z',
    updatedAt: '2026-10-01T12:00:00.000Z',
    ...fields,
  };
}

interface Page {
  conversation: Conversation | null;
  owner: Parameters<typeof useAnswerSettings>[1];
}

async function show(
  page: Page,
  { defaultId, presetStatus = 200 }: { defaultId?: string; presetStatus?: number } = {},
) {
  host = await startHost({
    'GET /api/presets': () => ({ status: presetStatus, body: [careful] }),
  });
  localStorage.setItem('openrouter-native:model', 'last/model');
  const services: Services = createServices(
    host.origin,
    createLanguageStore(createStorage(), ['en']),
  );
  if (defaultId !== undefined) services.defaultPreset.set(defaultId);
  const wrapper = ({ children }: { children: ReactNode }) => (
    <Providers services={services}>{children} </Providers>
  );
  return renderHook(({ conversation, owner }: Page) => useAnswerSettings(conversation, owner), {
    wrapper,
    initialProps: page,
  });
}

it('begins with the model that was chosen last, and asks for no presets', async () => {
  const { result } = await show({ conversation: null, owner: NEW });

  expect(result.current.settings).toEqual({ model: 'last/model' });
  expect(host.requests).toEqual([]);
});

it('goes on as the server remembers, and with what was changed since', async () => {
  const { result } = await show({ conversation: aConversation(), owner: NEW });
  act(() => result.current.change({ spending_limit: 2 }));

  expect(result.current.settings).toMatchObject({
    model: 'a/b',
    model_parameters: { temperature: 1 },
    spending_limit: 2,
  });
  expect(result.current.settings).toBe(result.current.settings);
});

it('goes on with the limits that a conversation with an agent was given', async () => {
  const limits = { spending_limit: 1, recursion_limit: 50 };
  const conversation = aConversation({ endpoint: 'agents', model: null, agent_id: 'agent_1' });
  const { result } = await show({ conversation: { ...conversation, ...limits }, owner: NEW });

  expect(result.current.settings).toMatchObject({ agent_id: 'agent_1', ...limits });
});

it('does not mix the changes of two conversations', async () => {
  const { result, rerender } = await show({ conversation: aConversation(), owner: NEW });
  act(() => result.current.change({ promptPrefix: 'Mine.' }));
  rerender({ conversation: aConversation({ conversationId: 'c2' }), owner: NEW });
  expect(result.current.settings.promptPrefix).toBeUndefined();

  rerender({ conversation: aConversation(), owner: NEW });

  expect(result.current.settings.promptPrefix).toBe('Mine.');
});

it('changes the conversation that the page is about, also before that is there', async () => {
  const owner = { conversationId: 'c1', agentId: null };
  const { result, rerender } = await show({ conversation: null, owner });
  act(() => result.current.change({ model: 'c/d' }));
  rerender({ conversation: null, owner: NEW });
  expect(result.current.settings).toEqual({ model: 'c/d' }); // As the model chosen last.

  rerender({ conversation: aConversation(), owner });

  expect(result.current.settings).toMatchObject({
    model: 'c/d',
    model_parameters: { temperature: 1 },
  });
});

it('lets a model answer by itself that is chosen in a conversation with an agent', async () => {
  const conversation = aConversation({ endpoint: 'agents', model: null, agent_id: 'agent_1' });
  const { result } = await show({ conversation, owner: NEW });
  expect(result.current.settings.agent_id).toBe('agent_1');

  act(() => result.current.change({ model: 'a/b' }));

  expect(result.current.settings).toMatchObject({ model: 'a/b', agent_id: null });
});

describe('the default preset', () => {
  it('is what a new conversation begins with, and nothing is asked before it is there', async () => {
    const { result } = await show({ conversation: null, owner: NEW }, { defaultId: 'p1' });
    expect(result.current.settings.model).toBeNull();

    await waitFor(() => expect(result.current.settings.model).toBe('last/model'));

    expect(result.current.settings).toMatchObject({
      model_parameters: { provider: { zdr: true } },
      spending_limit: 0.1,
    });
  });

  it('that cannot be read gives way to the usual model, says so, and can be read again', async () => {
    const { result } = await show(
      { conversation: null, owner: NEW },
      { defaultId: 'p1', presetStatus: 500 },
    );
    expect(result.current.settings.model).toBeNull();
    await waitFor(() => expect(result.current.settings).toEqual({ model: 'last/model' }));

    act(() => result.current.retryPreset?.());

    await waitFor(() => expect(host.requests).toHaveLength(2));
    await waitFor(() => expect(result.current.retryPreset).not.toBeNull());
  });

  it('that was deleted is none', async () => {
    const { result } = await show({ conversation: null, owner: NEW }, { defaultId: 'p9' });

    await waitFor(() => expect(result.current.settings).toEqual({ model: 'last/model' }));
  });

  it('is not for agents, nor for conversations that have begun', async () => {
    const agent = { conversationId: null, agentId: 'agent_1' };
    const { result } = await show({ conversation: null, owner: agent }, { defaultId: 'p1' });

    expect(result.current.settings).toEqual({ agent_id: 'agent_1' });
    expect(host.requests).toEqual([]);
  });
});
