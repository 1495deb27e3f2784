import { startRunHost, type RunHost } from '../../support/run-host.ts';

let host: RunHost;
beforeAll(async () => {
  host = await startRunHost();
});
afterAll(() => host.close());

describe('what is found out before a run', () => {
  it('is that all is well', async () => {
    await expect(host.check({ tools: ['look'], spendingLimitUsd: 1 })).resolves.toBeUndefined();
  });

  it('is that the model cannot use the tools of the agent', async () => {
    await expect(
      host.check({ model: 'openai/gpt-3.5-turbo-instruct', tools: ['calculator'] }),
    ).rejects.toMatchObject({
      reason: 'model_lacks_capability',
      details: { metadata: { suggestions: expect.any(Array) } },
    });
  });

  it('is that a conversation does not fit with the answer that goes on', async () => {
    const resume = {
      content: [{ type: 'text' as const, text: 'word '.repeat(17_000), step: 0 }],
      steps: [
        {
          step: 0,
          generation_id: null,
          model: null,
          provider: null,
          finish_reason: 'length',
          ending: 'length' as const,
          usage: null,
          trace: null,
          reasoning_details: [],
        },
      ],
    };
    const model = 'openai/gpt-3.5-turbo';

    await expect(host.check({ model })).resolves.toBeUndefined();
    await expect(host.check({ model, resume })).rejects.toMatchObject({
      reason: 'context_length_exceeded',
    });
  });

  it('is nothing about another provider, unless money is limited', async () => {
    await expect(host.check({ provider: 'other', model: 'own' })).resolves.toBeUndefined();
    await expect(
      host.check({ provider: 'other', model: 'own', spendingLimitUsd: 1 }),
    ).rejects.toMatchObject({ reason: expect.any(String) });
  });

  it('sends nothing', () => {
    expect(host.simulator.requests.map(({ path }) => path)).not.toContain(
      '/api/v1/chat/completions',
    );
  });
});
