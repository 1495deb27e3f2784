import type { Environment } from './environment.ts';
import { readEnvironment } from './environment.ts';
import { readKeys } from './openrouter-key.ts';

const aKey = (digit: string) => `sk-or-v1-${digit.repeat(64)}`;

function read(values: Record<string, string>) {
  const { environment } = readEnvironment(values);
  return readKeys(environment as Environment);
}

describe('readKeys', () => {
  it('goes live with a key, without a word', () => {
    expect(read({ OPENROUTER_API_KEY: aKey('a') })).toEqual({
      access: { mode: 'live', apiKey: aKey('a') },
      managementKey: null,
      warnings: [],
    });
  });

  it('takes the simulator when there is no key', () => {
    expect(read({}).access).toEqual({ mode: 'simulator' });
    expect(read({ OPENROUTER_API_KEY: '""' }).access).toEqual({ mode: 'simulator' });
  });

  it('lets users bring their own', () => {
    expect(read({ OPENROUTER_API_KEY: 'user_provided' }).access).toEqual({ mode: 'user_provided' });
  });

  it.each([
    `"${aKey('a')}"`,
    `'${aKey('a')}'`,
    `  ${aKey('a')}\r\n`,
    `“${aKey('a')}”`,
    `\u200b${aKey('a')}\ufeff`,
    ` "\t${aKey('a')} "\n`,
  ])('ignores what surrounds the key in %j, and says so', (value) => {
    const { access, warnings } = read({ OPENROUTER_API_KEY: value });

    expect(access).toEqual({ mode: 'live', apiKey: aKey('a') });
    expect(warnings).toEqual([expect.stringMatching(/^OPENROUTER_API_KEY had quotation marks/)]);
  });

  it.each([
    ['sk-proj-abcdef', 'it does not start with sk-or-'],
    [`Bearer ${aKey('a')}`, 'it contains a space or a line break'],
    [`${aKey('a')} ${aKey('f')}`, 'it contains a space or a line break'],
    ['sk-or-', 'nothing follows its prefix'],
  ])('keeps the provider away when the key is %j', (value, why) => {
    const { access } = read({ OPENROUTER_API_KEY: value });

    expect(access).toEqual({
      mode: null,
      problem: {
        variable: 'OPENROUTER_API_KEY',
        message: `OPENROUTER_API_KEY is not an OpenRouter key: ${why}.`,
        action: expect.stringContaining('https://openrouter.ai/settings/keys'),
      },
    });
    expect(JSON.stringify(access)).not.toContain(value);
  });

  it('warns of the placeholder and of an odd length, and still tries', () => {
    const placeholder = read({ OPENROUTER_API_KEY: aKey('0') });
    const short = read({ OPENROUTER_API_KEY: 'sk-or-v1-abc' });

    expect(placeholder.access.mode).toBe('live');
    expect(placeholder.warnings).toEqual([expect.stringMatching(/placeholder/)]);
    expect(short.access.mode).toBe('live');
    expect(short.warnings).toEqual([expect.stringMatching(/12 characters/)]);
  });

  it('knows the name that older set-ups use', () => {
    expect(read({ OPENROUTER_KEY: aKey('a') }).access).toEqual({ mode: 'live', apiKey: aKey('a') });
    expect(read({ OPENROUTER_KEY: 'nonsense' }).access).toMatchObject({
      problem: { variable: 'OPENROUTER_KEY' },
    });
  });

  it('prefers the new name, and warns only when the two differ', () => {
    const same = read({ OPENROUTER_API_KEY: aKey('a'), OPENROUTER_KEY: aKey('a') });
    const different = read({ OPENROUTER_API_KEY: aKey('a'), OPENROUTER_KEY: aKey('f') });

    expect(same.warnings).toEqual([]);
    expect(different.access).toEqual({ mode: 'live', apiKey: aKey('a') });
    expect(different.warnings).toEqual([expect.stringMatching(/differ; the first one is used/)]);
  });

  it('reads a management key, and does without one that cannot be a key', () => {
    const good = read({ OPENROUTER_MANAGEMENT_KEY: `${aKey('f')}\n` });
    const bad = read({ OPENROUTER_API_KEY: aKey('a'), OPENROUTER_MANAGEMENT_KEY: 'nonsense' });

    expect(good.managementKey).toBe(aKey('f'));
    expect(bad.managementKey).toBeNull();
    expect(bad.access.mode).toBe('live');
    expect(bad.warnings).toEqual([expect.stringMatching(/balance stays unknown/)]);
  });
});
