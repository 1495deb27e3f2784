import { readTurns } from '../../chat/messages.ts';
import { startSimulator, type Simulator } from '../../index.ts';
import { chat, user } from '../../testing/ask.ts';
import { readQuestion } from '../question.ts';
import { createRandom } from '../seed.ts';
import { samplePattern } from './pattern.ts';
import { generateValue } from './value.ts';

const SEEDS = Array.from({ length: 25 }, (_, index) => `seed ${index}`);

function generate(schema: unknown, text = 'Tell me about tea'): unknown[] {
  const question = readQuestion(readTurns({ messages: [user(text)] }));
  return SEEDS.map((seed) => generateValue(schema, question, createRandom(seed)));
}

describe('generateValue', () => {
  it('ends for a schema in which each of forty levels demands two of the next', () => {
    const levels = Array.from({ length: 39 }, (_, level) => [
      `level${level}`,
      { type: 'array', minItems: 2, items: { $ref: `#/$defs/level${level + 1}` } },
    ]);
    const question = readQuestion(readTurns({ messages: [user('Hi')] }));
    const schema = { $defs: Object.fromEntries(levels), $ref: '#/$defs/level0' };

    expect(Array.isArray(generateValue(schema, question, createRandom('seed')))).toBe(true);
  });

  const conforming: [name: string, schema: unknown, holds: (value: never) => boolean][] = [
    ['a constant', { const: { a: 1 } }, (value: object) => JSON.stringify(value) === '{"a":1}'],
    ['a choice', { enum: [1, 'x', null] }, (value: unknown) => [1, 'x', null].includes(value as 1)],
    ['nothing', { type: 'null' }, (value: unknown) => value === null],
    ['a truth value', { type: 'boolean' }, (value: unknown) => typeof value === 'boolean'],
    [
      'a whole number in bounds',
      { type: 'integer', exclusiveMinimum: 3, maximum: 6 },
      (value: number) => [4, 5, 6].includes(value),
    ],
    [
      'a multiple',
      { type: 'number', minimum: 0.1, maximum: 0.9, multipleOf: 0.1 },
      (value: number) => Number.isInteger(Number((value / 0.1).toPrecision(9))) && value < 1,
    ],
    ['a negative number', { type: 'integer', maximum: -5 }, (value: number) => value <= -5],
    [
      'a text of some length',
      { type: 'string', minLength: 30, maxLength: 32 },
      (value: string) => value.length >= 30 && value.length <= 32,
    ],
    [
      'a text of a pattern',
      { type: 'string', pattern: '^[A-Z]{2}\\d{3,5}(-x|_y)?$' },
      (value: string) => /^[A-Z]{2}\d{3,5}(-x|_y)?$/.test(value),
    ],
    [
      'a list of bounded length',
      { type: 'array', items: { type: 'string' }, minItems: 5, maxItems: 6 },
      (value: string[]) => value.length >= 5 && value.length <= 6,
    ],
    [
      'a list without repetition',
      { type: 'array', items: { enum: ['a', 'b', 'c'] }, uniqueItems: true, minItems: 3 },
      (value: string[]) => new Set(value).size === value.length,
    ],
    [
      'a tuple',
      { type: 'array', prefixItems: [{ const: 1 }, { const: 'b' }], items: { const: 'rest' } },
      (value: unknown[]) => value[0] === 1 && value[1] === 'b',
    ],
    [
      'nested objects with every property',
      {
        type: 'object',
        properties: { a: { type: 'object', properties: { b: { type: ['integer', 'null'] } } } },
        required: ['a'],
      },
      (value: { a: { b: number } }) => Number.isInteger(value.a.b),
    ],
    [
      'a map',
      { type: 'object', additionalProperties: { type: 'integer' } },
      (value: object) => Object.values(value).every(Number.isInteger) && 'tea' in value,
    ],
    [
      'one of several',
      { anyOf: [{ type: 'null' }, { type: 'integer' }, { const: 'x' }] },
      (value: unknown) => Number.isInteger(value) || value === 'x',
    ],
    [
      'all of several',
      {
        allOf: [
          { properties: { a: { const: 1 } }, required: ['a'] },
          { properties: { b: { const: 2 } }, required: ['b'] },
        ],
      },
      (value: object) => JSON.stringify(value) === '{"a":1,"b":2}',
    ],
    [
      'a reference',
      { $ref: '#/$defs/a~1b', $defs: { 'a/b': { type: 'integer', minimum: 7, maximum: 7 } } },
      (value: number) => value === 7,
    ],
    [
      'a schema without a type',
      { minimum: 2, maximum: 3 },
      (value: number) => value >= 2 && value <= 3,
    ],
    ['anything', true, (value: unknown) => typeof value === 'string'],
  ];
  it.each(conforming)('makes %s', (_name, schema, holds) => {
    for (const value of generate(schema)) expect(holds(value as never)).toBe(true);
  });

  const formats: [format: string, pattern: RegExp][] = [
    ['date', /^\d{4}-\d{2}-\d{2}$/],
    ['date-time', /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/],
    ['time', /^\d{2}:\d{2}:\d{2}\.\d{3}Z$/],
    ['email', /^[\w.+-]+@[\w-]+\.[\w.]+$/],
    ['uri', /^https:\/\/\S+$/],
    ['uuid', /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-a[\da-f]{3}-[\da-f]{12}$/],
    ['ipv4', /^192\.0\.2\.\d{1,3}$/],
    ['hostname', /^[a-z\d]+\.example\.com$/],
  ];
  it.each(formats)('writes a text of the format %s', (format, pattern) => {
    for (const value of generate({ type: 'string', format })) expect(value).toMatch(pattern);
  });

  it('ends for schemas that contain themselves', () => {
    const schema = {
      $ref: '#/$defs/node',
      $defs: {
        node: {
          type: 'object',
          properties: {
            name: { type: 'string' },
            next: { anyOf: [{ $ref: '#/$defs/node' }, { type: 'null' }] },
            children: { type: 'array', items: { $ref: '#/$defs/node' } },
          },
          required: ['name', 'next', 'children'],
        },
      },
    };

    for (const value of generate(schema)) {
      expect(value).toMatchObject({ name: expect.any(String), children: expect.any(Array) });
      expect(JSON.stringify(value).length).toBeLessThan(200_000);
    }
  });

  it('writes no more than a screenful of anything', () => {
    const [list] = generate({ type: 'array', minItems: 1e9 });
    const [text] = generate({ type: 'string', minLength: 1e9 });
    const [map] = generate({ type: 'object', minProperties: 1e9 });

    expect(list).toHaveLength(1000);
    expect(text).toHaveLength(100_000);
    expect(Object.keys(map as object)).toHaveLength(1000);
  });

  it('ignores an empty choice', () => {
    expect(generate({ enum: [], type: 'null' })).toContain(null);
  });

  it('ends for references that go in circles or lead nowhere', () => {
    const circle = {
      $ref: '#/$defs/a',
      $defs: { a: { $ref: '#/$defs/b' }, b: { $ref: '#/$defs/a' } },
    };

    expect(generate(circle)).toHaveLength(SEEDS.length);
    expect(generate({ $ref: '#/nowhere' })).toHaveLength(SEEDS.length);
    expect(generate({ $ref: 'https://example.com/schema' })).toHaveLength(SEEDS.length);
  });

  it('takes what it can from the question', () => {
    const schema = {
      type: 'object',
      properties: {
        city: { type: 'string' },
        count: { type: 'integer', minimum: 1, maximum: 50 },
        unit: { enum: ['metric', 'imperial'] },
        url: { type: 'string', format: 'uri' },
      },
    };

    const values = generate(
      schema,
      'Give me 12 places in Bergen in imperial, from https://maps.example/x',
    );

    for (const value of values) {
      expect(value).toEqual({
        city: 'Bergen',
        count: 12,
        unit: 'imperial',
        url: 'https://maps.example/x',
      });
    }
  });
});

describe('samplePattern', () => {
  it.each([
    '^abc$',
    '^[a-f0-9]{8}$',
    '^(foo|bar)-\\d+$',
    '^\\w+@\\w+\\.(com|org)$',
    '^[^aeiou]{4}$',
    '^(?:\\+\\d{1,3} )?\\d{7}$',
    '^[A-Za-z_][A-Za-z0-9_-]*$',
    '^\\d{4}-(0[1-9]|1[0-2])$',
    'x?y*z+',
    '^a{2,}b{1,2}$',
    '^[\\d.-]+\\/\\S$',
  ])('writes a text that matches %s', (pattern) => {
    for (const seed of SEEDS) {
      expect(samplePattern(pattern, createRandom(seed))).toMatch(new RegExp(pattern));
    }
  });

  it('gives up on repetitions of repetitions', () => {
    expect(samplePattern('^((a{1000}){1000}){1000}$', createRandom('x'))).toBeNull();
    expect(samplePattern('a{1000000000}', createRandom('x'))).toBeNull();
  });

  it.each(['(', '[a', '^(?=a)b$', '(a)\\1\\2', '\\p{Lu}'])('gives up on %s', (pattern) => {
    expect(samplePattern(pattern, createRandom('x'))).toBeNull();
  });
});

describe('structured outputs', () => {
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await startSimulator({ tokensPerSecond: Infinity });
  });
  afterAll(() => simulator.close());

  it.each([
    ['#/%E0%A4%A', 400, '$ref: "%E0%A4%A" is not percent-encoded text'],
    ['#/constructor', 200, undefined],
  ])('with the reference %s are answered with %s', async ($ref, status, message) => {
    const answer = await chat(simulator, {
      response_format: { type: 'json_schema', json_schema: { name: 'x', schema: { $ref } } },
    });

    expect(answer.status).toBe(status);
    expect(answer.error.message).toBe(message);
  });

  it('are JSON text that conforms to the schema', async () => {
    const schema = {
      type: 'object',
      properties: {
        city: { type: 'string' },
        sizes: { type: 'array', items: { type: 'integer', minimum: 3, maximum: 9 }, minItems: 2 },
      },
      required: ['city', 'sizes'],
      additionalProperties: false,
    };
    const { text } = await chat(simulator, {
      messages: [user('Tell me about the city of Oslo')],
      response_format: { type: 'json_schema', json_schema: { name: 'city', schema } },
    });

    const value = JSON.parse(text) as { city: string; sizes: number[] };
    expect(Object.keys(value)).toEqual(['city', 'sizes']);
    expect(value.city).toBe('Oslo');
    expect(value.sizes.length).toBeGreaterThanOrEqual(2);
    expect(value.sizes.every((size) => Number.isInteger(size) && size >= 3 && size <= 9)).toBe(
      true,
    );
  });

  it('are any JSON object in plain JSON mode', async () => {
    const { text } = await chat(simulator, { response_format: { type: 'json_object' } });

    expect(JSON.parse(text)).toMatchObject({ answered_by: 'GPT-4o-mini' });
  });
});
