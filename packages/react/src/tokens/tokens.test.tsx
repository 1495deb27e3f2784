import type { AppToken, CreateAppToken } from '@openrouter-native/protocol';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { json, startHost, type TestHost } from '../testing/host.ts';
import { createTokensApi } from './api.ts';
import { TokensProvider } from './TokensProvider.tsx';
import { useAllAppTokens, useAppTokens } from './useAppTokens.ts';

const TOKEN = `orn-${'A'.repeat(43)}`;
const ID = '0198a000-0000-7000-8000-000000000001';
const OWNER = { id: 'u1', name: 'Ada', email: 'ada@example.com' };

let host: TestHost;
const queryClient = new QueryClient();

afterEach(async () => {
  cleanup();
  queryClient.clear();
  await host.close();
});

/** A host that keeps tokens as they are asked for. */
async function startKeeping(): Promise<void> {
  let kept: AppToken[] = [];
  const revoke = () => (kept = []);
  host = await startHost({
    'GET /tokens': (...exchange) => json(200, { data: kept })(...exchange),
    'GET /admin/tokens': (...exchange) =>
      json(200, { data: kept.map((token) => ({ ...token, owner: OWNER })) })(...exchange),
    'POST /tokens': (...exchange) => {
      const request = host.requests.at(-1)?.body as CreateAppToken;
      const token: AppToken = {
        id: ID,
        name: request.name,
        hint: 'orn-AAAA…AAAA',
        scopes: request.scopes,
        models: request.models ?? null,
        expires_at: null,
        monthly_limit_usd: request.monthly_limit_usd ?? null,
        spent_this_month_usd: 0,
        last_used_at: null,
        created_at: '2026-11-20T12:00:00.000Z',
      };
      kept = [token];
      return json(201, { ...token, token: TOKEN })(...exchange);
    },
    [`DELETE /tokens/${ID}`]: (...exchange) => json(200, { deleted: revoke() })(...exchange),
    [`DELETE /admin/tokens/${ID}`]: (...exchange) => json(200, { deleted: revoke() })(...exchange),
  });
}

function wrapper({ children }: { children: ReactNode }) {
  const api = createTokensApi({ baseUrl: host.baseUrl });
  return (
    <QueryClientProvider client={queryClient}>
      <TokensProvider api={api}>{children}</TokensProvider>
    </QueryClientProvider>
  );
}

it('creates a token, tells it once, lists it without it, and revokes it', async () => {
  await startKeeping();
  const { result } = renderHook(() => useAppTokens(), { wrapper });
  await waitFor(() => expect(result.current.tokens).toEqual([]));

  const request: CreateAppToken = { name: 'LibreChat', scopes: ['chat'], monthly_limit_usd: 5 };
  const created = await act(() => result.current.create(request));
  await waitFor(() => expect(result.current.tokens).toHaveLength(1));

  expect(created.token).toBe(TOKEN);
  expect(result.current.tokens?.[0]).toMatchObject({ name: 'LibreChat', monthly_limit_usd: 5 });
  expect(JSON.stringify(queryClient.getQueryCache().getAll().map(({ state }) => state.data))).not.toContain(TOKEN); // prettier-ignore

  await act(() => result.current.revoke(ID));

  await waitFor(() => expect(result.current.tokens).toEqual([]));
});

it('lists the tokens of all accounts with their owners, and revokes any of them', async () => {
  await startKeeping();
  const own = renderHook(() => useAppTokens(), { wrapper });
  await act(() => own.result.current.create({ name: 'Janitor', scopes: ['models', 'chat'] }));
  const { result } = renderHook(() => useAllAppTokens(), { wrapper });
  await waitFor(() => expect(result.current.tokens?.[0]?.owner).toEqual(OWNER));

  await act(() => result.current.revoke(ID));

  await waitFor(() => expect(result.current.tokens).toEqual([]));
  await waitFor(() => expect(own.result.current.tokens).toEqual([])); // It is one's own too.
});

it('says why there is no list, and reads it again on demand', async () => {
  await startKeeping();
  const answers = { refused: true };
  await host.close();
  host = await startHost({
    'GET /admin/tokens': (...exchange) =>
      answers.refused
        ? json(403, { error: { message: 'Only admins.', type: 'permission_error', code: 403, reason: 'admin_required', retryable: false, retry_after: null, action: 'Ask an admin.', request_id: null, metadata: {} } })(...exchange) // prettier-ignore
        : json(200, { data: [] })(...exchange),
  });
  const { result } = renderHook(() => useAllAppTokens(), { wrapper });
  await waitFor(() => expect(result.current.error?.details.reason).toBe('admin_required'));

  answers.refused = false;
  act(() => result.current.reload());

  await waitFor(() => expect(result.current.tokens).toEqual([]));
  expect(result.current.error).toBeNull();
});
