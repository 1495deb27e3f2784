import { once } from 'node:events';
import { connect } from 'node:net';
import { startSimulator, type Simulator } from '../index.ts';
import { aChatBody, json, send, stream, user } from '../testing/ask.ts';

const QUESTION = { messages: [user('Write an essay about the sea')] };

let simulator: Simulator;
afterEach(() => simulator.close());

interface Generation {
  data: { cancelled: boolean; native_tokens_completion: number; total_cost: number };
}
const readGeneration = async (id: string) =>
  (await json<Generation>(simulator, 'GET', `/generation?id=${id}`)).body.data;
const readUsage = async () =>
  (await json<{ data: { usage: number } }>(simulator, 'GET', '/key')).body.data.usage;

/** Leaves a stream after its first few words. */
async function leave(body: Record<string, unknown>): Promise<string> {
  const controller = new AbortController();
  const response = await send(simulator, 'POST', '/chat/completions', {
    body: { ...aChatBody(body), stream: true },
    signal: controller.signal,
  });
  let text = '';
  const reading = (async () => {
    for await (const piece of response.body ?? []) {
      text += Buffer.from(piece).toString();
      if (text.split('data: ').length > 8) controller.abort();
    }
  })();
  await expect(reading).rejects.toThrow('aborted');
  while (simulator.requests.some(({ closedAt }) => closedAt === null)) {
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  return response.headers.get('x-generation-id') ?? '';
}

describe('leaving a stream', () => {
  beforeEach(async () => {
    simulator = await startSimulator({
      tokensPerSecond: 200, // Slow enough that a busy machine is seen to stop early.
      firstTokenMs: 0,
      generationDelayMs: 0,
    });
  });

  it('stops the answer and its bill where the provider can be stopped', async () => {
    const before = await readUsage();
    const body = { ...QUESTION, provider: { only: ['openai'] } };

    const id = await leave(body);

    const generation = await readGeneration(id);
    expect(generation.cancelled).toBe(true);
    expect(generation.native_tokens_completion).toBeGreaterThan(2);
    expect(generation.native_tokens_completion).toBeLessThan(100);
    expect(await readUsage()).toBeCloseTo(before + generation.total_cost, 12);
  });

  it('is charged in full where it cannot', async () => {
    const model = 'google/gemini-2.5-flash';
    const body = { ...QUESTION, model };

    const id = await leave(body);

    const generation = await readGeneration(id);
    const whole = await stream(simulator, body);
    expect(generation.cancelled).toBe(true);
    expect(generation.native_tokens_completion).toBe(whole.last.usage?.completion_tokens);
    expect(generation.total_cost).toBe(whole.last.usage?.cost);
  });
});

it('waits for a slow reader instead of piling up', async () => {
  simulator = await startSimulator({ tokensPerSecond: Infinity });
  const items = { type: 'array', items: { type: 'string', minLength: 900 }, minItems: 500 };
  const body = JSON.stringify({
    ...aChatBody('Say hi'),
    model: 'deepseek/deepseek-v4-flash-0731',
    stream: true,
    reasoning: { effort: 'none' },
    response_format: {
      type: 'json_schema',
      json_schema: { name: 'a', schema: { ...items, maxItems: 500 } },
    },
  });
  const socket = connect(Number(new URL(simulator.url).port), '127.0.0.1');
  socket.pause();
  socket.write(
    `POST /api/v1/chat/completions HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer ${simulator.keys.inference}\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  await new Promise((resolve) => setTimeout(resolve, 400));
  const whilePaused = simulator.requests[0]?.finished;

  let bytes = 0;
  let tail = '';
  socket.on('data', (data) => {
    bytes += data.length;
    tail = (tail + data.toString()).slice(-100);
  });
  socket.resume();
  await once(socket, 'end');
  socket.destroy();

  expect(whilePaused).toBe(false);
  expect(bytes).toBeGreaterThan(12_000_000);
  expect(tail).toContain('data: [DONE]');
});
