import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { json, startHost, type TestHost } from '../testing/host.ts';
import { createKeysApi } from './api.ts';
import { KeysProvider } from './KeysProvider.tsx';
import { useUserKey } from './useUserKey.ts';

const KEY = `sk-or-v1-${'0'.repeat(64)}`;

let host: TestHost;
const queryClient = new QueryClient();

afterEach(async () => {
  cleanup();
  queryClient.clear();
  await host.close();
});

/** A host that keeps one key, as far as it tells about it. */
async function startKeeping(): Promise<void> {
  let expiresAt: string | null = null;
  host = await startHost({
    'GET /keys': (response, request) => json(200, { expiresAt })(response, request),
    'PUT /keys': (response) => {
      const body = host.requests.at(-1)?.body as { expiresAt: string | null };
      expiresAt = body.expiresAt ?? 'never';
      response.writeHead(201).end();
    },
    'DELETE /keys/openrouter': (response) => {
      expiresAt = null;
      response.writeHead(204).end();
    },
    'POST /keys/openrouter/connect': json(200, { url: 'https://openrouter.ai/auth?x=y' }),
  });
}

function wrapper({ children }: { children: ReactNode }) {
  const api = createKeysApi({ baseUrl: host.baseUrl });
  return (
    <QueryClientProvider client={queryClient}>
      <KeysProvider api={api}>{children}</KeysProvider>
    </QueryClientProvider>
  );
}

it('stores a key, tells until when, and deletes it, without ever getting it back', async () => {
  await startKeeping();
  const { result } = renderHook(() => useUserKey(true), { wrapper });
  await waitFor(() => expect(result.current.key).toEqual({ expiresAt: null }));
  const expiresAt = new Date('2030-01-01T00:00:00.000Z');

  await act(() => result.current.store(KEY, expiresAt));
  await waitFor(() =>
    expect(result.current.key).toEqual({ expiresAt: '2030-01-01T00:00:00.000Z' }),
  );
  await act(() => result.current.remove());

  await waitFor(() => expect(result.current.key).toEqual({ expiresAt: null }));
  const stored = host.requests.find(({ method }) => method === 'PUT');
  expect(stored?.body).toEqual({
    name: 'openrouter',
    value: KEY,
    expiresAt: '2030-01-01T00:00:00.000Z',
  });
  expect(JSON.stringify(queryClient.getQueryCache().getAll().map(({ state }) => state.data))).not.toContain(KEY); // prettier-ignore
});

it('tells where somebody consents', async () => {
  await startKeeping();
  const { result } = renderHook(() => useUserKey(true), { wrapper });

  await waitFor(() => expect(result.current.key).toBeDefined());

  expect(await result.current.connect()).toBe('https://openrouter.ai/auth?x=y');
});

it('asks for nothing where nobody brings a key', async () => {
  await startKeeping();
  const { result } = renderHook(() => useUserKey(false), { wrapper });

  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(result.current.key).toBeUndefined();
  expect(host.requests).toEqual([]);
});
