import { DrizzleQueryError } from 'drizzle-orm';
import { createLogs, type LogOptions } from './logs.ts';

const PLANTED = 'hunter2hunter2';
const aKey = `sk-or-v1-${'a'.repeat(64)}`;

function aLog(options: Partial<LogOptions> = {}) {
  const lines: string[] = [];
  const logs = createLogs({
    level: 'info',
    format: 'json',
    debugOpenRouter: false,
    secretValues: [PLANTED],
    write: (line) => lines.push(line),
    ...options,
  });
  return { ...logs, lines, text: () => lines.join('') };
}

describe('createLogs', () => {
  it('writes one JSON object per line', () => {
    const { host, lines } = aLog();

    host.info('Ready', { url: 'http://localhost:3080', count: 3 });

    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/\n$/);
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      msg: 'Ready',
      url: 'http://localhost:3080',
      count: 3,
    });
  });

  it('keeps to its level, except for the provider when that is being looked at', () => {
    const quiet = aLog({ level: 'warn' });
    quiet.host.info('a');
    quiet.openrouter.debug('b');
    quiet.openrouter.warn('c');
    const curious = aLog({ level: 'warn', debugOpenRouter: true });
    curious.host.debug('d');
    curious.openrouter.debug('e');

    expect(quiet.lines.map((line) => JSON.parse(line).msg)).toEqual(['c']);
    expect(curious.lines.map((line) => JSON.parse(line).msg)).toEqual(['e']);
    expect(JSON.parse(curious.lines[0] ?? '').from).toBe('OpenRouter');
  });

  it.each(['json', 'pretty'] as const)(
    'keeps secrets out of %s lines, wherever they stand',
    (format) => {
      const { host, text } = aLog({ format });

      host.info(`message ${PLANTED} ${aKey}`, {
        plain: PLANTED,
        sentence: `Authorization: Bearer ${PLANTED}x`,
        deep: { list: [{ value: `https://user:${PLANTED}@host` }] },
        key: 'by name 1',
        headers: { authorization: 'by name 2', cookie: 'by name 3', 'set-cookie': 'by name 4' },
        body: { user: { password: 'by name 5' }, token: 'by name 6', apiKey: 'by name 7' },
        [PLANTED]: 1,
      });
      host.error('failed', {
        error: new Error(`with ${PLANTED}`, { cause: new Error(`and ${aKey}`) }),
      });

      expect(text()).not.toMatch(/hunter2|by name|sk-or-v1-a/);
      expect(text()).toContain('[redacted]');
    },
  );

  it('knows a secret in its other spellings', () => {
    const { host, text } = aLog({
      secretValues: ['quote"and\\slash', 'postgres://u:p%40ssw0rd%21@db/chat'],
    });

    host.info('x', { one: 'quote"and\\slash', two: 'p%40ssw0rd%21', three: 'p@ssw0rd!' });

    expect(JSON.parse(text())).toMatchObject({
      one: '[redacted]',
      two: '[redacted]',
      three: '[redacted]',
    });
  });

  it('tells an error with its code, stack and causes', () => {
    const { host, text } = aLog();
    const cause = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });

    host.error('failed', { error: new TypeError('no', { cause }) });

    expect(JSON.parse(text()).error).toMatchObject({
      name: 'TypeError',
      message: 'no',
      stack: expect.stringContaining('logs.test.ts'),
      cause: { name: 'Error', message: 'refused', code: 'ECONNREFUSED' },
    });
  });

  it('survives values that JSON cannot hold', () => {
    const { host, lines } = aLog();
    const loop: Record<string, unknown> = {};
    loop.self = loop;

    host.info('x', { loop, big: 10n, nothing: undefined, call: () => 1 });

    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '').msg).toBe('x');
  });

  it('tells a failed query without its parameters', () => {
    const { host, text } = aLog({ secretValues: [] });
    const error = new DrizzleQueryError('insert into users', [PLANTED, 'ada@example.com']);

    host.error('Broken', { error });

    expect(text()).toContain('insert into users');
    expect(text()).toContain('logs.test.ts'); // The stack is there.
    expect(text()).not.toContain(PLANTED);
    expect(text()).not.toContain('ada@example.com');
  });

  it('lets no text from outside begin a line of its own, or colour the terminal', () => {
    const { host, lines } = aLog({ format: 'pretty' });

    host.info('Answered', { model: 'a/b\r\n12:00:00 Error: forged\u001b[31m' });

    expect(lines.join('').trimEnd()).not.toMatch(/\p{Cc}/u);
  });

  it('writes pretty lines for people', () => {
    const { host, openrouter, lines } = aLog({ format: 'pretty' });

    host.warn('Careful', { count: 2 });
    openrouter.info('[OpenRouter] Provider initialized successfully');
    openrouter.info('Catalogue read', { models: 421 });
    host.info('request', {
      request: { id: 'abc', method: 'GET', path: '/api/models', status: 200, ms: 3 },
    });
    host.error('Broken', { error: new Error('why') });

    const clock = String.raw`\d\d:\d\d:\d\d`;
    const expected = [
      `^${clock} Warning: Careful count=2\n$`,
      `^${clock} \\[OpenRouter\\] Provider initialized successfully\n$`,
      `^${clock} \\[OpenRouter\\] Catalogue read models=421\n$`,
      `^${clock} GET /api/models 200 3 ms\n$`,
      `^${clock} Error: Broken\nError: why\n    at `,
    ];
    expected.forEach((pattern, index) => expect(lines[index]).toMatch(new RegExp(pattern)));
  });
});
