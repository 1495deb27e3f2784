import type { Model } from '@openrouter-native/protocol';
import { toModelPrices } from './model-prices.ts';

describe('toModelPrices', () => {
  it('tells prices per million tokens, without the noise of binary fractions', () => {
    const model: Model = {
      id: 'a/b',
      name: 'B',
      context_length: 200_000,
      pricing: {
        prompt: '0.0000001',
        completion: '0.0000007',
        input_cache_read: '0.00000001',
        input_cache_write: '0.000000125',
      },
    };

    expect(toModelPrices([model])).toEqual({
      'a/b': { context: 200_000, prompt: 0.1, completion: 0.7, cacheRead: 0.01, cacheWrite: 0.125 },
    });
  });

  it('leaves out what is unknown, and keeps what is free', () => {
    const router = { id: 'router', name: 'R', pricing: { prompt: '-1', completion: '-1' } };
    const free = { id: 'free', name: 'F', pricing: { prompt: '0', completion: '0' } };

    expect(toModelPrices([router, free])).toEqual({
      router: {},
      free: { prompt: 0, completion: 0 },
    });
  });
});
