import { createErrorBody, errorBodySchema } from './error.ts';

describe('createErrorBody', () => {
  it('takes from the table of reasons what the caller does not know better', () => {
    const body = createErrorBody('can_only_afford', 'You can only afford 1210 tokens.');

    expect(body.error).toEqual({
      message: 'You can only afford 1210 tokens.',
      type: 'insufficient_credits',
      code: 402,
      reason: 'can_only_afford',
      retryable: false,
      retry_after: null,
      action: expect.stringContaining('max_tokens'),
      request_id: null,
      metadata: {},
    });
    expect(errorBodySchema.parse(body)).toEqual(body);
  });

  it('lets the caller know better, and keeps type and status in step', () => {
    const { error } = createErrorBody('provider_error', 'Gone.', {
      status: 500,
      retryable: false,
      action: 'Wait.',
      requestId: 'r1',
      metadata: { provider_name: 'P' },
    });

    expect(error).toMatchObject({ code: 500, type: 'internal_error', retryable: false });
    expect(error).toMatchObject({
      action: 'Wait.',
      request_id: 'r1',
      metadata: { provider_name: 'P' },
    });
  });

  it.each([
    [0, 0],
    [1, 1],
    [1000, 1],
    [1001, 2],
  ])('tells a wait of %d ms as %d whole seconds', (retryAfterMs, seconds) => {
    expect(createErrorBody('provider_error', 'x', { retryAfterMs }).error.retry_after).toBe(
      seconds,
    );
  });

  it('survives being sent as JSON', () => {
    const body = createErrorBody('internal', 'x', { retryAfterMs: undefined });

    expect(errorBodySchema.parse(JSON.parse(JSON.stringify(body)))).toEqual(body);
  });
});

describe('errorBodySchema', () => {
  it('refuses a reason that nobody knows', () => {
    const body = createErrorBody('internal', 'x');

    expect(errorBodySchema.safeParse({ error: { ...body.error, reason: 'mystery' } }).success).toBe(
      false,
    );
  });
});
