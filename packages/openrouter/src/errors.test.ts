import { errorBodySchema } from '@openrouter-native/protocol';
import { isOpenRouterError, OpenRouterError } from './errors.ts';

describe('OpenRouterError', () => {
  it('tells a route what to answer', () => {
    const error = new OpenRouterError('provider_overloaded', 'Busy.', { retryAfterMs: 1500 });

    const body = error.toBody('r1');

    expect(errorBodySchema.parse(body)).toEqual(body);
    expect(body.error).toMatchObject({
      message: 'Busy.',
      reason: 'provider_overloaded',
      code: 503,
      retry_after: 2,
      request_id: 'r1',
    });
  });

  it('keeps its cause to itself', () => {
    const error = new OpenRouterError('stream_cut', 'Cut.', {}, { cause: new Error('inner') });

    expect(JSON.stringify(error.toBody())).not.toContain('inner');
    expect(error.cause).toMatchObject({ message: 'inner' });
  });
});

describe('isOpenRouterError', () => {
  it('knows an error of another copy of this package by its brand', () => {
    const foreign = Object.assign(new Error('x'), {
      [Symbol.for('openrouter-native.OpenRouterError')]: true,
    });

    expect(isOpenRouterError(foreign)).toBe(true);
  });

  it.each([[null], [undefined], ['x'], [new Error('x')], [{ name: 'OpenRouterError' }]])(
    'does not take %s for one',
    (value) => {
      expect(isOpenRouterError(value)).toBe(false);
    },
  );
});
