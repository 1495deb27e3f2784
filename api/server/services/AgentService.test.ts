import type { AgentProvider } from '@openrouter-native/plugin';
import type { ChatEvent } from '@openrouter-native/protocol';
import { AgentService } from './AgentService.ts';

function aProvider(name: string): AgentProvider & { signals: (AbortSignal | undefined)[] } {
  const signals: (AbortSignal | undefined)[] = [];
  return {
    provider: name,
    signals,
    async *run({ model }, { signal } = {}): AsyncGenerator<ChatEvent> {
      signals.push(signal);
      yield { type: 'text-delta', text: `${name} with ${model}` };
    },
  };
}

const aRequest = (provider: string) => ({
  provider,
  model: 'openai/gpt-5-mini',
  messages: [{ role: 'user' as const, content: 'Hi' }],
});

async function collect(events: AsyncIterable<ChatEvent>): Promise<ChatEvent[]> {
  const collected = [];
  for await (const event of events) collected.push(event);
  return collected;
}

describe('AgentService', () => {
  it('runs an agent on the provider it names, with its signal', async () => {
    const agents = new AgentService();
    const provider = aProvider('openrouter');
    agents.registerProvider(provider);
    agents.registerProvider(aProvider('other'));
    const { signal } = new AbortController();

    const events = await collect(agents.run(aRequest('openrouter'), { signal }));

    expect(events).toEqual([{ type: 'text-delta', text: 'openrouter with openai/gpt-5-mini' }]);
    expect(provider.signals).toEqual([signal]);
  });

  it('refuses a second provider with the same name', () => {
    const agents = new AgentService();
    agents.registerProvider(aProvider('openrouter'));

    expect(() => agents.registerProvider(aProvider('openrouter'))).toThrow(
      'A provider named "openrouter" is registered already',
    );
  });

  it('takes a provider away again, and never its successor', () => {
    const agents = new AgentService();
    const unregister = agents.registerProvider(aProvider('openrouter'));

    unregister();
    expect(agents.providers()).toEqual([]);
    agents.registerProvider(aProvider('openrouter'));
    unregister();

    expect(agents.providers()).toEqual(['openrouter']);
  });

  it('says at once which providers there are when the one asked for is not among them', () => {
    const agents = new AgentService();
    agents.registerProvider(aProvider('openrouter'));

    expect(() => agents.run(aRequest('anthropic'))).toThrow(
      'There is no provider "anthropic" (available: openrouter).',
    );
  });
});
