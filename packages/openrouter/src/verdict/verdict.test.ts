import { errorBodySchema, errorTypeOf, reasonFacts } from '@openrouter-native/protocol';
import fc from 'fast-check';
import { knownFailures } from '../testing/failures.ts';
import { aKey } from '../testing/keys.ts';
import { verdictOf, verdictOfInBandError, type FailedExchange } from './verdict.ts';

const NOW = Date.parse('2026-09-22T00:00:00Z');

const judge = (exchange: Partial<FailedExchange>) =>
  verdictOf({ operation: 'chat', status: 400, headers: {}, body: '', now: NOW, ...exchange });

const judgeError = (status: number, error: object, headers: FailedExchange['headers'] = {}) =>
  judge({ status, headers, body: { error: { code: status, ...error } } });

describe('verdictOf', () => {
  it.each(knownFailures)('takes $name for $reason', ({ exchange, reason, status, retryable }) => {
    const verdict = judge(exchange);
    const { error } = verdict.toBody('r1');

    expect(error).toMatchObject({ reason, code: status, retryable });
    expect(error.type).toBe(errorTypeOf(status));
    expect(error.message.trim()).not.toBe('');
    expect(error.message).not.toMatch(/<[a-z!]/i);
    expect(errorBodySchema.safeParse(verdict.toBody()).success).toBe(true);
  });

  it('has seen each reason that upstream can give', () => {
    const decidedElsewhere = new Set([
      'key_malformed', // by looking at the key
      'model_not_allowed', // by our own list
      'stream_cut', // by the bytes of a stream
      'stream_stalled',
      'tool_calls_malformed', // by what a stream says
      'conflict', // by our own server, from here on
      'invalid_request',
      'unauthenticated',
      'admin_required',
      'method_not_allowed',
      'unsupported_media_type',
      'model_lacks_capability',
      'too_many_requests',
      'too_many_generations',
      'shutting_down',
      'server_unreachable',
      'internal',
    ]);
    const seen = new Set<string>(knownFailures.map(({ reason }) => reason));

    const missing = Object.keys(reasonFacts).filter((reason) => !seen.has(reason));
    expect(missing.filter((reason) => !decidedElsewhere.has(reason))).toEqual([]);
  });

  it.each([
    400, 401, 402, 403, 404, 405, 406, 407, 410, 411, 412, 413, 414, 415, 416, 417, 418, 422,
  ])('retries no %d that it does not understand', (status) => {
    expect(judge({ status }).toBody().error.retryable).toBe(false);
  });

  it.each([408, 409, 425, 429, 500, 502, 503, 504, 520, 529, 599])(
    'lets a %d that it does not understand be retried',
    (status) => {
      expect(judge({ status }).toBody().error.retryable).toBe(true);
    },
  );
});

describe('any body at all', () => {
  /** Something that looks like an error of OpenRouter here and there. */
  const anError = fc.record(
    {
      code: fc.oneof(fc.jsonValue(), fc.integer({ min: 400, max: 599 })),
      message: fc.oneof(fc.jsonValue(), fc.string()),
      error_type: fc.jsonValue(),
      http_status: fc.jsonValue(),
      metadata: fc.oneof(
        fc.jsonValue(),
        fc.record(
          {
            raw: fc.oneof(fc.string(), fc.json()),
            provider_name: fc.jsonValue(),
            headers: fc.jsonValue(),
            retry_after: fc.jsonValue(),
            limit_source: fc.constantFrom('__proto__', 'constructor', 'openrouter_key_limit'),
          },
          { requiredKeys: [] },
        ),
      ),
      availability: fc.oneof(
        fc.jsonValue(),
        fc.record({
          code: fc.constantFrom('toString', 'no_endpoints'),
          excluded_by: fc.jsonValue(),
        }),
      ),
    },
    { requiredKeys: [] },
  );

  it('gets a verdict that our routes can answer with', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.jsonValue(), fc.record({ error: anError })),
        fc.integer({ min: 100, max: 599 }),
        fc.constantFrom('chat', 'key', 'credits', 'generation', 'models', 'endpoints'),
        fc.dictionary(fc.constantFrom('retry-after', 'x-ratelimit-reset'), fc.jsonValue()),
        (body, status, operation, headers) => {
          const verdict = judge({ body, status, operation, headers });

          expect(errorBodySchema.safeParse(verdict.toBody()).success).toBe(true);
          expect(verdict.toBody().error.code).toBeGreaterThanOrEqual(400);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('the message', () => {
  it.each<[string, number, object, string]>([
    ["upstream's own sentence", 402, { message: ' Insufficient credits ' }, 'Insufficient credits'],
    [
      "the provider's sentence where upstream's says nothing",
      429,
      {
        message: 'Provider returned error',
        metadata: { provider_name: 'Z.AI', raw: 'is rate-limited upstream' },
      },
      'Z.AI: is rate-limited upstream',
    ],
    [
      "the sentence inside the provider's JSON",
      400,
      {
        message: 'Provider returned error',
        metadata: { provider_name: 'P', raw: '{"error":{"message":"Too hot","code":7}}' },
      },
      'P: Too hot',
    ],
    [
      'the sentence inside a list',
      400,
      {
        message: 'Provider returned error',
        metadata: { provider_name: 'Google', raw: '[{"error":{"message":"Too hot"}}]' },
      },
      'Google: Too hot',
    ],
    [
      'a sentence in other places',
      400,
      { message: 'Provider returned error', metadata: { raw: '{"detail":"Too hot"}' } },
      'Too hot',
    ],
    [
      'a sentence of an error that is a text',
      400,
      { message: 'Provider returned error', metadata: { raw: '{"error":"Too hot"}' } },
      'Too hot',
    ],
    [
      'that the provider said nothing',
      502,
      { message: 'Provider returned error', metadata: { provider_name: 'P', raw: '' } },
      'P failed without saying why.',
    ],
    [
      'no HTML',
      502,
      {
        message: 'Provider returned error',
        metadata: { provider_name: 'P', raw: '<html>502</html>' },
      },
      'P failed without saying why.',
    ],
    ['what to do when nobody said a word', 429, {}, reasonFacts.rate_limited_platform.action],
  ])('is %s', (_name, status, error, message) => {
    expect(judgeError(status, error).message).toBe(message);
  });

  it('says what a page without an explanation was', () => {
    expect(judge({ status: 502, body: '<html>' }).message).toBe(
      'Upstream answered 502 without an explanation.',
    );
    expect(judge({ status: 200, body: '<html>' }).message).toMatch(/OPENROUTER_BASE_URL/);
  });
});

describe('the wait', () => {
  it.each<[string, FailedExchange['headers'], object, number | undefined]>([
    ['nothing', {}, {}, undefined],
    ['seconds', { 'retry-after': '7' }, {}, 7000],
    ['a date', { 'retry-after': 'Tue, 22 Sep 2026 00:00:09 GMT' }, {}, 9000],
    ['a date that has passed', { 'retry-after': 'Mon, 21 Sep 2026 00:00:00 GMT' }, {}, 0],
    ['seconds in the availability', {}, { availability: { retry_after: 3 } }, 3000],
    ['seconds in the metadata', {}, { metadata: { retry_after: 4 } }, 4000],
    ['a header inside the metadata', {}, { metadata: { headers: { 'Retry-After': '5' } } }, 5000],
    [
      'a reset in milliseconds',
      {},
      { metadata: { headers: { 'X-RateLimit-Reset': String(NOW + 60_000) } } },
      60_000,
    ],
    [
      'a reset that has passed',
      {},
      { metadata: { headers: { 'X-RateLimit-Reset': String(NOW - 1) } } },
      0,
    ],
    ['a reset in the header of the answer', { 'x-ratelimit-reset': String(NOW + 1) }, {}, 1],
    [
      'the header before all others',
      { 'retry-after': '1' },
      { metadata: { retry_after: 4, headers: { 'X-RateLimit-Reset': String(NOW + 60_000) } } },
      1000,
    ],
    ['nonsense', { 'retry-after': 'soon' }, { metadata: { retry_after: -1 } }, undefined],
    ['an absurd wait', {}, { metadata: { retry_after: 1e306 } }, undefined],
    [
      'an absurd reset',
      {},
      { metadata: { headers: { 'X-RateLimit-Reset': '9'.repeat(400) } } },
      undefined,
    ],
    ['an empty reset', {}, { metadata: { headers: { 'X-RateLimit-Reset': '' } } }, undefined],
  ])('is read from %s', (_name, headers, error, expected) => {
    expect(judgeError(429, error, headers).details.retryAfterMs).toBe(expected);
  });

  it('is told for a page without an explanation too', () => {
    const verdict = judge({ status: 503, headers: { 'retry-after': '2' }, body: '<html>' });

    expect(verdict.toBody().error.retry_after).toBe(2);
  });
});

describe('the evidence', () => {
  it("keeps upstream's own words", () => {
    const metadata = {
      provider_name: 'Z.AI',
      raw: 'slow down',
      limit_source: 'upstream_provider_shared_pool',
      remedy_hint: 'Add your own key.',
      previous_errors: [{ provider: 'A', code: 502, status: 502 }],
      something_new: { a: [1, null, true] },
    };
    const availability = { code: 'capacity_exhausted', fallback_models: ['a/b'] };

    expect(judgeError(429, { metadata, availability }).details.metadata).toEqual({
      ...metadata,
      availability,
    });
  });

  it('is empty when upstream gave none', () => {
    expect(judgeError(429, { message: 'x' }).details.metadata).toEqual({});
    expect(judgeError(429, { metadata: null, availability: null }).details.metadata).toEqual({});
  });

  it('never repeats a key, whatever field it stands in', () => {
    const key = aKey('a');
    const provider = `sk-ant-api03-${'Abc1'.repeat(10)}`;
    const url = 'https://me:hunter2@proxy.test/v1';
    const verdict = judgeError(400, {
      message: `Incorrect key ${key} provided to ${url}`,
      metadata: {
        provider_name: `P ${key}`,
        raw: JSON.stringify({ error: { message: `Bearer ${key}` }, headers: { a: provider } }),
        [key]: key,
        authorization: `Bearer ${provider}`,
        list: [{ deep: [key] }],
      },
      availability: { code: key, docs_url: url },
    });

    const told = JSON.stringify([verdict.toBody(), verdict.details, verdict.stack]);
    for (const secret of [key.slice(9), provider.slice(13), 'hunter2']) {
      expect(told).not.toContain(secret);
    }
  });

  it('never repeats what the user wrote, where upstream quotes it', () => {
    const planted = 'planted words of the prompt';
    const verdict = judgeError(403, {
      message: 'Input was flagged by moderation',
      metadata: {
        reasons: ['violence'],
        flagged_input: planted,
        file_annotations: [{ type: 'file', file: { content: [{ type: 'text', text: planted }] } }],
        raw: JSON.stringify({
          error: { message: 'Invalid request', flagged_input: planted },
          input: planted,
          request: { messages: [{ role: 'user', content: planted }] },
        }),
        request_body: { prompt: planted },
      },
    });

    expect(verdict.details.metadata).toMatchObject({ reasons: ['violence'] });
    expect(JSON.stringify([verdict.toBody(), verdict.details])).not.toContain(planted);
  });

  it('stays small, however much upstream says', () => {
    const long = 'word '.repeat(10_000);
    const verdict = judgeError(400, {
      message: long,
      metadata: { raw: long, many: Array.from({ length: 1000 }, () => ({ a: long, b: [long] })) },
    });

    expect(JSON.stringify(verdict.toBody()).length).toBeLessThan(30_000);
  });

  it('survives JSON that nests without end', () => {
    const deep = `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`;

    const verdict = judgeError(400, { message: 'x', metadata: { raw: deep, b: JSON.parse(deep) } });

    expect(JSON.stringify(verdict.toBody()).length).toBeLessThan(5_000);
  });
});

describe('verdictOfInBandError', () => {
  it('judges as the same error with a status would be', () => {
    const error = { code: 429, message: 'x', metadata: { provider_name: 'P', retry_after: 2 } };

    expect(verdictOfInBandError(error, NOW).toBody()).toEqual(judgeError(429, error).toBody());
  });
});
