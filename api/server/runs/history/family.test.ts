import { canReadThoughts, familyOf } from './family.ts';

describe('familyOf', () => {
  it.each([
    ['anthropic/claude-haiku-4.5', 'anthropic'],
    ['anthropic/claude-4.5-haiku-20251001', 'anthropic'],
    ['~google/gemini-flash-latest', 'google'],
    ['Qwen/qwen3', 'qwen'],
    ['openrouter/auto', null],
    ['@preset/mine', null],
    ['local-model', null],
  ])('of %s is %s', (model, family) => {
    expect(familyOf(model)).toBe(family);
  });
});

describe('canReadThoughts', () => {
  const claude = 'anthropic/claude-4.5-haiku-20251001';

  it.each<[string, string | null, string[], boolean]>([
    ['the same maker', claude, ['anthropic/claude-opus-4.5'], true],
    ['another maker', claude, ['openai/gpt-5'], false],
    [
      'another maker with the same one to fall back to',
      claude,
      ['openai/gpt-5', 'anthropic/claude-opus-4.5'],
      true,
    ],
  ])('holds for %s: %s → %s is %s', (_name, served, asked, expected) => {
    expect(canReadThoughts(served, asked, true)).toBe(expected);
    expect(canReadThoughts(served, asked, false)).toBe(expected);
  });

  it.each<[string, string | null, string[]]>([
    ['a router is asked', claude, ['openrouter/auto']],
    ['a router is fallen back to', claude, ['openai/gpt-5', 'openrouter/auto']],
    ['it is not known who thought', null, ['anthropic/claude-opus-4.5']],
  ])('is for the caller to say where %s', (_name, served, asked) => {
    expect(canReadThoughts(served, asked, true)).toBe(true);
    expect(canReadThoughts(served, asked, false)).toBe(false);
  });
});
