import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { anAgent } from '../testing/agents.ts';
import { json, startHost, type Answer, type TestHost } from '../testing/host.ts';
import { AgentsProvider } from './AgentsProvider.tsx';
import { createAgentsApi } from './api.ts';
import { emptyDraft } from './draft.ts';
import { useAgent, useAgentVersions } from './useAgent.ts';
import { useAgentActions } from './useAgentActions.ts';
import { useAgentForm } from './useAgentForm.ts';
import { useAgents } from './useAgents.ts';

let host: TestHost;
let queryClient: QueryClient;

afterEach(async () => {
  cleanup();
  queryClient.clear();
  await host.close();
});

async function wrapperFor(answers: Record<string, Answer>) {
  host = await startHost(answers);
  queryClient = new QueryClient();
  const api = createAgentsApi({ baseUrl: host.baseUrl });
  return function Wrapper({ children }: { children: ReactNode }) {
    return (
      <QueryClientProvider client={queryClient}>
        <AgentsProvider api={api}>{children}</AgentsProvider>
      </QueryClientProvider>
    );
  };
}

const page = (ids: string[], after: string | null) => ({
  object: 'list',
  data: ids.map((id) => anAgent({ id, name: id })),
  first_id: ids[0] ?? null,
  last_id: ids.at(-1) ?? null,
  has_more: after !== null,
  after,
});

function paths(): string[] {
  return host.requests.map(({ method, path }) => `${method} ${path}`);
}

it('lists agents page by page, each once', async () => {
  const wrapper = await wrapperFor({
    'GET /agents?limit=30&search=sell': json(200, page(['agent_1', 'agent_2'], 'c1')),
    'GET /agents?limit=30&search=sell&after=c1': json(200, page(['agent_2', 'agent_3'], null)),
  });
  const { result } = renderHook(() => useAgents('sell'), { wrapper });
  await waitFor(() => expect(result.current.agents).toHaveLength(2));
  expect(result.current.hasMore).toBe(true);

  act(() => result.current.loadMore());
  await waitFor(() => expect(result.current.hasMore).toBe(false));

  expect(result.current.agents?.map(({ id }) => id)).toEqual(['agent_1', 'agent_2', 'agent_3']);
});

it('asks for no agent when there is none to ask for', async () => {
  const wrapper = await wrapperFor({});

  const { result } = renderHook(() => useAgent(null), { wrapper });

  expect(result.current).toMatchObject({ data: undefined, error: null });
  expect(paths()).toEqual([]);
});

it('saves what was written, and has every list and version read again', async () => {
  const changed = anAgent({ name: 'Other', version: 2 });
  const wrapper = await wrapperFor({
    'GET /agents': json(200, page(['agent_1'], null)),
    'GET /agents/agent_1': json(200, anAgent()),
    'PATCH /agents/agent_1': json(200, changed),
    'GET /agents/agent_1/versions': json(200, [
      { ...anAgent(), createdAt: '2026-10-01T12:00:00.000Z' },
    ]),
  });
  const { result } = renderHook(
    () => {
      const { data: agent } = useAgent('agent_1');
      return {
        agent,
        list: useAgents(),
        versions: useAgentVersions('agent_1'),
        state: useAgentForm(agent ?? null, emptyDraft('openrouter', null)),
      };
    },
    { wrapper },
  );
  await waitFor(() => expect(result.current.state.saved).toMatchObject({ version: 1 }));
  await waitFor(() => expect(result.current.versions.data).toHaveLength(1));

  await act(async () => {
    result.current.state.form.change({ name: 'Other' });
    await result.current.state.form.save();
  });

  expect(result.current.agent).toMatchObject({ name: 'Other', version: 2 });
  await waitFor(() => {
    for (const path of ['GET /agents?limit=30', 'GET /agents/agent_1/versions']) {
      expect(paths().filter((each) => each === path)).toHaveLength(2);
    }
  });
});

it('reverts and duplicates on the server, and forgets what was deleted', async () => {
  const reverted = anAgent({ name: 'As it was', version: 3 });
  const wrapper = await wrapperFor({
    'GET /agents/agent_1': json(200, anAgent({ version: 2 })),
    'POST /agents/agent_1/revert': json(200, reverted),
    'POST /agents/agent_1/duplicate': json(201, { agent: anAgent({ id: 'agent_2' }), actions: [] }),
    'DELETE /agents/agent_1': json(200, { message: 'Agent deleted' }),
  });
  const { result } = renderHook(
    () => ({ actions: useAgentActions(), agent: useAgent('agent_1').data }),
    { wrapper },
  );
  await waitFor(() => expect(result.current.agent?.version).toBe(2));

  await act(() => result.current.actions.revert('agent_1', 1));
  await waitFor(() => expect(result.current.agent?.version).toBe(3));
  await act(async () => {
    expect(await result.current.actions.duplicate('agent_1')).toMatchObject({ id: 'agent_2' });
  });
  await act(() => result.current.actions.remove('agent_1'));

  expect(host.requests.find(({ path }) => path.endsWith('/revert'))?.body).toEqual({ version: 1 });
  expect(queryClient.getQueryData(['host', 'agents', 'one', 'agent_1'])).toBeUndefined();
});
