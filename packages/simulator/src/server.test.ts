import { startSimulator, type Simulator } from './index.ts';

describe('startSimulator', () => {
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await startSimulator({ tokensPerSecond: Infinity });
  });
  afterEach(() => simulator.close());

  it('serves the whole catalogue without a key', async () => {
    const response = await fetch(`${simulator.url}/models`);
    const { data } = (await response.json()) as { data: unknown[] };

    expect(data).toHaveLength(421);
  });

  it('streams an answer that ends with the terminator', async () => {
    const response = await fetch(`${simulator.url}/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${simulator.keys.inference}` },
      body: JSON.stringify({
        model: 'openai/gpt-5-mini',
        stream: true,
        messages: [{ role: 'user', content: 'Say hi' }],
      }),
    });
    const text = await response.text();

    expect(text.startsWith(': OPENROUTER PROCESSING\n\n')).toBe(true);
    expect(text.endsWith('data: [DONE]\n\n')).toBe(true);
  });
});
