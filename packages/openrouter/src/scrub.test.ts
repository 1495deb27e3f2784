import fc from 'fast-check';
import { scrubText, scrubValue } from './scrub.ts';
import { aKey } from './testing/keys.ts';

const anyText = fc.string({ unit: 'binary', maxLength: 200 });
const hex = 'abcdef0123456789'.repeat(4);

describe('scrubText', () => {
  it.each([
    ['an OpenRouter key', aKey('a'), 'a'.repeat(8)],
    ['an OpenRouter key that a word runs into', `key_${aKey('1')}`, '1'.repeat(8)],
    ['an OpenRouter key in capitals', aKey('f').toUpperCase(), 'F'.repeat(8)],
    ['what follows the prefix, alone', hex, 'abcdef'],
    ['a key of OpenAI', `sk-proj-${'Ab1_'.repeat(8)}`, 'Ab1_'],
    ['a key of Anthropic', `sk-ant-api03-${'Ab1-'.repeat(8)}`, 'Ab1-'],
    ['a key of Google', `AIza${'Ab1_'.repeat(8)}`, 'Ab1_'],
    ['a key of Groq', `gsk_${'Ab1'.repeat(8)}`, 'Ab1'],
    ['a key of xAI', `xai-${'Ab1'.repeat(8)}`, 'Ab1'],
    ['a token of Hugging Face', `hf_${'Ab1'.repeat(8)}`, 'Ab1'],
    ['a key id of Amazon', `AKIA${'AB1C'.repeat(4)}`, 'AB1C'],
    ['a bearer token', 'Authorization: Bearer hunter2.hunter2', 'hunter2'],
    [
      'a JSON web token',
      `eyJ${'hbGci'.repeat(3)}.${'eyJzd'.repeat(3)}.${'c2ln'.repeat(3)}`,
      'hbGci',
    ],
    ['the password of a URL', 'http://me:hunter2@proxy.test:3128', 'hunter2'],
    ['the token of a URL', 'https://hunter2hunter2@git.test', 'hunter2'],
    ['a named key', '{"api_key": "hunter2hunter2"}', 'hunter2'],
    ['a named password', 'password=hunter2;', 'hunter2'],
    ['a key that somebody quotes', 'Incorrect API key provided: hunter2hunter2.', 'hunter2'],
  ])('takes out %s', (_name, text, secret) => {
    expect(scrubText(text)).toContain('[redacted]');
    expect(scrubText(text)).not.toContain(secret);
  });

  it.each([
    ['This request requires more credits, or fewer max_tokens.'],
    ['a risk-or-reward question of key-management and task-lists'],
    ['openai/gpt-5-mini is temporarily rate-limited upstream'],
    ['gen-1790000000-AbCdEfGhIjKlMnOpQrSt'],
    ['See https://openrouter.ai/settings/keys for your API keys.'],
    ['max_tokens: 4096, temperature: 0.5'],
    [''],
  ])('leaves alone: %s', (text) => {
    expect(scrubText(text)).toBe(text);
  });

  it('takes out a key wherever it stands, whatever stands around it', () => {
    fc.assert(
      fc.property(anyText, anyText, fc.nat(5_000), (before, after, padding) => {
        const scrubbed = scrubText(`${' '.repeat(padding)}${before}sk-or-v1-${hex}${after}`);

        expect(scrubbed).not.toContain(hex.slice(0, 16));
      }),
    );
  });

  it('shows no part of a key that stands where the text is cut', () => {
    const shrinking = `Bearer ${'x'.repeat(92)} `; // Leaves room for what stands behind it.
    for (let padding = 0; padding < 120; padding += 1) {
      for (const key of [`sk-or-v1-${hex}`, hex, `sk-${'Ab1_'.repeat(8)}`]) {
        const text = `${shrinking.repeat(39)}${' '.repeat(padding)}${key} tail`;
        expect(scrubText(text)).not.toMatch(/abcd|Ab1_/);
      }
    }
  });

  it('is never longer than 2,000 characters and a mark', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 9_000, size: 'max' }), (text) => {
        expect(scrubText(text).length).toBeLessThanOrEqual(2_001);
      }),
    );
    expect(scrubText('word '.repeat(1_000))).toMatch(/…$/);
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const once = scrubText(`${text} ${aKey('a')} ${text}`);
        expect(scrubText(once)).toBe(once);
      }),
    );
  });

  it.each([
    ['sk-'],
    ['sk-or-v1-'],
    ['eyJ-'],
    ['Bearer '],
    ['://a:'],
    ['api_key="'],
    ['a'],
    [' '],
    ['gh'],
    ['AIza-'],
  ])('is done at once with a megabyte of %j', (unit) => {
    const text = unit.repeat(1_000_000 / unit.length);
    const startedAt = performance.now();

    scrubText(text);

    expect(performance.now() - startedAt).toBeLessThan(50);
  });
});

describe('scrubValue', () => {
  it('keeps numbers, words and shapes', () => {
    const value = { a: 1, b: [true, null, 'x'], c: { d: 'y' } };

    expect(scrubValue(value)).toEqual(value);
  });

  it('takes out keys in names and values, at any depth', () => {
    const value = { [aKey('a')]: 1, b: [{ c: [`Bearer ${aKey('1')}`] }] };

    expect(scrubValue(value)).toEqual({ '[redacted]': 1, b: [{ c: ['[redacted]'] }] });
  });

  it.each(['flagged_input', 'messages', 'prompt', 'Content', 'file_annotations', 'user_id'])(
    'leaves out the field %s',
    (name) => {
      expect(scrubValue({ [name]: 'x', kept: 'y' })).toEqual({ kept: 'y' });
    },
  );

  it('is not fooled by names that mean something to objects', () => {
    const value: unknown = JSON.parse('{"__proto__":{"admin":true},"constructor":"x"}');

    const scrubbed = scrubValue(value) as object;

    expect(Object.getPrototypeOf(scrubbed)).toBe(Object.prototype);
    expect(Object.keys(scrubbed)).toEqual(['__proto__', 'constructor']);
  });

  it('is bounded in depth, width and size for any value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 12 }), (value) => {
        const wide = Array.from({ length: 200 }, () => value);
        expect(JSON.stringify(scrubValue({ wide, value })).length).toBeLessThan(100_000);
      }),
    );
    const cycle: Record<string, unknown> = {};
    cycle['self'] = cycle;
    expect(JSON.stringify(scrubValue(cycle)).length).toBeLessThan(200);
  });
});
