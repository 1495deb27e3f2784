import { setTimeout as wait } from 'node:timers/promises';
import { traceSchema } from '@openrouter-native/protocol';
import type { ScriptRule } from '@openrouter-native/simulator';
import { outcomeOf, payloadsOf } from '../../support/outcome.ts';
import {
  startPluginHost,
  type PluginHost,
  type PluginHostOptions,
} from '../../support/plugin-host.ts';
import { until } from '../../support/wait.ts';

let host: PluginHost;
/** With the retries that everybody has. */
async function start(options: PluginHostOptions = {}): Promise<void> {
  host = await startPluginHost({ ...options, client: { retry: {}, ...options.client } });
}
afterEach(() => host.close());

const question = {
  model: 'openai/gpt-5-mini',
  messages: [{ role: 'user', content: 'Name three rivers.' }],
};
const script = (rule: ScriptRule) =>
  host.simulator.script({ match: { path: '/chat/completions' }, ...rule });
const calls = () => host.simulator.requests.filter(({ path }) => path.endsWith('/completions'));

function refusing(status: number, message: string, headers: Record<string, string> = {}) {
  return { respond: { status, headers, body: { error: { code: status, message } } } };
}

describe.each([
  ['as JSON', false],
  ['as a stream', true],
])('%s', (_form, stream) => {
  const asked = { ...question, stream };

  it('waits the second that upstream asks for, and makes two calls', async () => {
    await start();
    script(refusing(429, 'Slow down', { 'Retry-After': '1' }));
    const startedAt = performance.now();

    const outcome = await outcomeOf(await host.post(asked));
    const ms = performance.now() - startedAt;

    expect(outcome).toMatch(/ stop, openai\/gpt-5-mini/);
    expect(calls()).toHaveLength(2);
    expect(ms).toBeGreaterThanOrEqual(990);
    expect(ms).toBeLessThan(3_000); // Half a second suffices on a machine with nothing else to do.
  });

  it('gives up at once when upstream asks for a minute, and says so', async () => {
    await start();
    script({ ...refusing(429, 'Slow down', { 'Retry-After': '60' }), times: Infinity });

    const response = await host.post(asked);
    const { error } = await response.json();

    expect(response.headers.get('retry-after')).toBe('60');
    expect(error).toMatchObject({
      message: 'Slow down. Try again in 60 s.',
      reason: 'rate_limited_platform',
      retry_after: 60,
    });
    expect(calls()).toHaveLength(1);
  });

  it.each([
    [401, 'User not found.'],
    [402, 'Insufficient credits.'],
    [403, 'Forbidden'],
  ])('asks once where the answer is %i', async (status, message) => {
    await start();
    script({ ...refusing(status, message), times: Infinity });

    expect((await host.post(asked)).status).toBe(status);
    expect(calls()).toHaveLength(1);
  });

  it('asks for as many tokens as the balance allows, and says so', async () => {
    await start();
    script(refusing(402, 'You requested up to 65536 tokens, but can only afford 1210.'));

    const { trace } = await answered(asked);

    expect(calls().map(({ body }) => (body as { max_tokens?: number }).max_tokens)).toEqual([
      undefined,
      1210,
    ]);
    expect(trace.refit).toEqual({ from: null, max_tokens: 1210 });
    expect(trace.attempts.map(({ reason }) => reason)).toEqual(['can_only_afford', null]);
  });

  it('makes no further call when its reader leaves while it waits', async () => {
    await start();
    script({ ...refusing(429, 'Slow down', { 'Retry-After': '1' }), times: Infinity });
    const controller = new AbortController();
    const left = expect(host.post(asked, { signal: controller.signal })).rejects.toThrow();
    await until(() => calls()[0]?.finished === true);
    await wait(50);

    controller.abort();
    await left;
    await wait(1_300);

    expect(calls()).toHaveLength(1);
  });
});

it('refits a refusal that comes inside a stream', async () => {
  await start();
  const error = { code: 402, message: 'You can only afford 1210.' };
  script({ respond: { events: [JSON.stringify({ error, choices: [] })] } });

  const { trace } = await answered({ ...question, stream: true, max_tokens: 9_000 });

  expect(trace.refit).toEqual({ from: 9_000, max_tokens: 1210 });
});

it('answers from an account that is almost empty', async () => {
  await start();
  const poor = await startPluginHost({
    apiKey: host.simulator.keys.poor,
    client: { baseURL: host.simulator.url },
  });

  const response = await poor.post({ ...question, model: 'anthropic/claude-opus-4.8' });
  const { openrouter_native: trace } = await response.json();
  await poor.close();

  expect(response.status).toBe(200);
  expect(traceSchema.parse(trace).refit?.max_tokens).toBeGreaterThan(15);
});

it('never tries again once something was said', async () => {
  await start();
  script({ fail: { afterTokens: 3 } });

  expect(await outcomeOf(await host.post({ ...question, stream: true }))).toMatch(
    / provider_error$/,
  );
  expect(calls()).toHaveLength(1);
});

it('tells how an answer without a word came about', async () => {
  await start();
  const choices = [{ index: 0, delta: {}, finish_reason: 'stop' }];
  const chunk = JSON.stringify({ id: 'gen-1', model: 'a/b', choices });
  script({ respond: { events: [chunk, '[DONE]'] } });

  const text = await (await host.post({ ...question, stream: true })).text();

  expect(payloadsOf(text)).toEqual([chunk, expect.stringContaining('"served":"a/b"'), '[DONE]']);
});

/** The trace of an answer that came. */
async function answered(body: { stream?: boolean; model: string; max_tokens?: number }) {
  const response = await host.post(body);
  expect(response.status).toBe(200);
  const text = await response.text();
  const last = body.stream ? (payloadsOf(text).at(-2) ?? '') : text;
  const { openrouter_native: trace } = JSON.parse(last) as { openrouter_native: unknown };
  return { trace: traceSchema.parse(trace) };
}
