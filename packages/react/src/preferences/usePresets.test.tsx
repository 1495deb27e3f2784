import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { json, startHost, type Answer, type TestHost } from '../testing/host.ts';
import { createPreferencesApi } from './api.ts';
import { PreferencesProvider } from './PreferencesProvider.tsx';
import { usePresets } from './usePresets.ts';

/** Version 4 writes every failed query to the console unless it is given another logger. */
const quiet: object = { logger: { log: ignore, warn: ignore, error: ignore } };

function ignore(): void {}

let host: TestHost;

afterEach(async () => {
  cleanup();
  await host.close();
});

const fields = (title: string) => ({
  title,
  model: null,
  promptPrefix: 'Be kind.',
  model_parameters: { temperature: 1 },
  spending_limit: null,
});
const aPreset = (presetId: string, title: string) => ({
  ...fields(title),
  presetId,
  endpoint: 'openrouter',
});

async function start(answers: Record<string, Answer>, isWanted = true) {
  host = await startHost(answers);
  const queryClient = new QueryClient(quiet);
  const api = createPreferencesApi({ baseUrl: host.baseUrl });
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={queryClient}>
      <PreferencesProvider api={api}>{children}</PreferencesProvider>
    </QueryClientProvider>
  );
  return renderHook(() => usePresets(isWanted), { wrapper });
}

const titles = (presets: readonly { title: string }[] | undefined) =>
  presets?.map(({ title }) => title);

it('keeps a new preset, and shows it first without asking again', async () => {
  const { result } = await start({
    'GET /presets': json(200, [aPreset('p1', 'Old')]),
    'POST /presets': json(201, aPreset('p2', 'New')),
  });
  await waitFor(() => expect(titles(result.current.presets)).toEqual(['Old']));

  await act(() => result.current.save(null, fields('New')));

  await waitFor(() => expect(titles(result.current.presets)).toEqual(['New', 'Old']));
  expect(host.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /presets',
    'POST /presets',
  ]);
  expect(host.requests[1]?.body).toEqual({ presetId: null, ...fields('New') });
});

it('replaces a preset that was changed, and takes away one that was deleted', async () => {
  const { result } = await start({
    'GET /presets': json(200, [aPreset('p1', 'One'), aPreset('p2', 'Two')]),
    'POST /presets': json(200, aPreset('p2', 'Second')),
    'POST /presets/delete': json(200, { acknowledged: true, deletedCount: 1 }),
  });
  await waitFor(() => expect(result.current.presets).toHaveLength(2));

  await act(() => result.current.save('p2', fields('Second')));
  await waitFor(() => expect(titles(result.current.presets)).toEqual(['Second', 'One']));
  await act(() => result.current.remove('p1'));

  await waitFor(() => expect(titles(result.current.presets)).toEqual(['Second']));
});

it('leaves the list as it was when something fails, and says why', async () => {
  const { result } = await start({
    'GET /presets': json(200, [aPreset('p1', 'One')]),
    'POST /presets': json(409, { error: { message: 'Too many.' } }),
  });
  await waitFor(() => expect(result.current.presets).toHaveLength(1));

  let failure: unknown = null;
  await act(async () => {
    await result.current.save(null, fields('Two')).catch((cause: unknown) => (failure = cause));
  });

  expect(failure).toMatchObject({ details: { code: 409 } });
  expect(titles(result.current.presets)).toEqual(['One']);
});

it('asks for nothing while nobody wants them', async () => {
  const { result } = await start({}, false);

  expect(result.current.presets).toBeUndefined();
  expect(host.requests).toEqual([]);
});
