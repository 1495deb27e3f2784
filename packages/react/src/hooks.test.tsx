import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { createOpenRouterApi } from './api/api.ts';
import { OpenRouterProvider } from './OpenRouterProvider.tsx';
import { createSignal } from './testing/async.ts';
import { DONE, finish, text } from './testing/chunks.ts';
import {
  json,
  sendEvent,
  startHost,
  startStream,
  stream,
  type Answer,
  type TestHost,
} from './testing/host.ts';
import { aModel, someCredits } from './testing/models.ts';
import { useChatSession } from './useChatSession.ts';
import { useChatStream } from './useChatStream.ts';
import { useCredits } from './useCredits.ts';
import { useModels } from './useModels.ts';

const MODEL = 'anthropic/claude-haiku-4.5';

/** Version 4 writes every failed query to the console unless it is given another logger. */
const quiet: object = { logger: { log: ignore, warn: ignore, error: ignore } };

function ignore(): void {}

let host: TestHost;
let queryClient: QueryClient;

afterEach(async () => {
  cleanup();
  queryClient.clear();
  await host.close();
});

async function wrapperFor(answers: Record<string, Answer>) {
  host = await startHost(answers);
  queryClient = new QueryClient(quiet);
  const api = createOpenRouterApi({ baseUrl: host.baseUrl });
  return function Wrapper({ children }: { children: ReactNode }) {
    return (
      <QueryClientProvider client={queryClient}>
        <OpenRouterProvider api={api}>{children}</OpenRouterProvider>
      </QueryClientProvider>
    );
  };
}

function paths(): string[] {
  return host.requests.map(({ method, path }) => `${method} ${path}`);
}

describe('useModels', () => {
  it('gives the catalogue, and asks the server once for two readers', async () => {
    const wrapper = await wrapperFor({ 'GET /models': json(200, { data: [aModel()] }) });

    const { result } = renderHook(() => [useModels(), useModels()] as const, { wrapper });
    await waitFor(() => expect(result.current[0].data).toBeDefined());

    expect(result.current[1].data?.models).toEqual([aModel()]);
    expect(paths()).toEqual(['GET /models']);
  });

  it('goes past the cache of the server on refresh, and only then', async () => {
    const wrapper = await wrapperFor({ 'GET /models': json(200, { data: [aModel()] }) });
    const { result } = renderHook(() => useModels(), { wrapper });
    await waitFor(() => expect(result.current.data).toBeDefined());

    await act(() => result.current.refresh());
    await act(() => queryClient.invalidateQueries({ queryKey: ['openrouter', 'models'] }));

    expect(paths()).toEqual(['GET /models', 'GET /models?force=true', 'GET /models']);
  });

  it('keeps the list it has when a refresh fails, and says why', async () => {
    let isDown = false;
    const wrapper = await wrapperFor({
      'GET /models': (response, request) =>
        isDown
          ? json(403, { error: { message: 'no' } })(response, request)
          : json(200, { data: [aModel()] })(response, request),
    });
    const { result } = renderHook(() => useModels(), { wrapper });
    await waitFor(() => expect(result.current.data).toBeDefined());

    isDown = true;
    await act(() => result.current.refresh());

    await waitFor(() => expect(result.current.error?.details.code).toBe(403));
    expect(result.current.data?.models).toHaveLength(1);
  });
});

describe('useCredits', () => {
  it('does not repeat a request that cannot succeed', async () => {
    const wrapper = await wrapperFor({ 'GET /credits': json(401, {}) });

    const { result } = renderHook(() => useCredits(), { wrapper });
    await waitFor(() => expect(result.current.error).not.toBeNull());

    expect(result.current.error?.details.reason).toBe('unauthenticated');
    expect(paths()).toEqual(['GET /credits']);
  });
});

describe('useChatStream', () => {
  const answers = {
    'GET /credits': json(200, someCredits()),
    'POST /chat/completions': stream(text('Hel'), text('lo'), finish(), DONE),
  };

  it('shows question and answer, and reads the credits again afterwards', async () => {
    const wrapper = await wrapperFor(answers);
    const { result } = renderHook(
      () => ({ chat: useChatStream({ model: MODEL }), credits: useCredits() }),
      { wrapper },
    );
    await waitFor(() => expect(result.current.credits.data).toBeDefined());

    act(() => result.current.chat.send('Hi'));
    await waitFor(() => expect(result.current.chat.status).toBe('ready'));

    expect(result.current.chat.messages).toMatchObject([
      { role: 'user', text: 'Hi' },
      {
        role: 'assistant',
        text: 'Hello',
        requestedModel: MODEL,
        servedModel: 'anthropic/claude-4.5-haiku-20251001',
        provider: 'Anthropic',
        ending: 'complete',
        usage: { cost: 0.000022 },
      },
    ]);
    await waitFor(() => expect(paths().filter((path) => path === 'GET /credits')).toHaveLength(2));
  });

  it('renders far less often than pieces arrive', async () => {
    const pieces = Array.from({ length: 400 }, (_, n) => text(`${n} `));
    const wrapper = await wrapperFor({
      ...answers,
      'POST /chat/completions': stream(...pieces, finish(), DONE),
    });
    let renders = 0;
    const { result } = renderHook(
      () => {
        renders += 1;
        return useChatStream({ model: MODEL });
      },
      { wrapper },
    );

    act(() => result.current.send('Count'));
    await waitFor(() => expect(result.current.status).toBe('ready'));

    expect(result.current.messages.at(-1)?.text).toContain('399');
    expect(renders).toBeLessThan(60);
  });

  it('stops at once and can be asked again', async () => {
    let isSlow = true;
    const wrapper = await wrapperFor({
      ...answers,
      'POST /chat/completions': (response, request) => {
        if (!isSlow) return stream(text('All of it'), finish(), DONE)(response, request);
        startStream(response);
        sendEvent(response, text('Half'));
      },
    });
    const { result } = renderHook(() => useChatStream({ model: MODEL }), { wrapper });
    act(() => result.current.send('Hi'));
    await waitFor(() => expect(result.current.messages.at(-1)?.text).toBe('Half'));

    act(() => result.current.stop());
    expect(result.current.status).toBe('ready');
    expect(result.current.messages.at(-1)).toMatchObject({ text: 'Half', ending: 'stopped' });
    isSlow = false;
    act(() => result.current.retry());
    await waitFor(() => expect(result.current.status).toBe('ready'));

    expect(result.current.messages).toHaveLength(2);
    expect(result.current.messages.at(-1)).toMatchObject({ text: 'All of it', ending: 'complete' });
  });

  it('ends its request when the component goes away', async () => {
    const left = createSignal();
    const wrapper = await wrapperFor({
      ...answers,
      'POST /chat/completions': (response) => {
        response.on('close', left.raise);
        startStream(response);
        sendEvent(response, text('Half'));
      },
    });
    const { result, unmount } = renderHook(() => useChatStream({ model: MODEL }), { wrapper });
    act(() => result.current.send('Hi'));
    await waitFor(() => expect(result.current.status).toBe('streaming'));

    unmount();

    await left.raised;
  });

  it('goes on without a watcher when the conversation is kept above it', async () => {
    const wrapper = await wrapperFor(answers);
    const { result: kept } = renderHook(() => useChatSession(), { wrapper });
    const session = kept.current;
    const first = renderHook(() => useChatStream({ model: MODEL, session }), { wrapper });
    act(() => first.result.current.send('Hi'));

    first.unmount();
    const second = renderHook(() => useChatStream({ model: MODEL, session }), { wrapper });
    await waitFor(() => expect(second.result.current.status).toBe('ready'));

    expect(second.result.current.messages.at(-1)).toMatchObject({ text: 'Hello' });
  });

  it('sends nothing without a model', async () => {
    const wrapper = await wrapperFor(answers);
    const { result } = renderHook(() => useChatStream({ model: null }), { wrapper });

    act(() => result.current.send('Hi'));

    expect(result.current.messages).toEqual([]);
    expect(paths()).toEqual([]);
  });
});
