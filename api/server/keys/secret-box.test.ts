import { createSecretBox } from './secret-box.ts';

const box = createSecretBox('0a'.repeat(32));
const context = ['user-key', 'ada', 'openrouter'];

it.each(['', 'sk-or-v1-secret', 'ü😀', 'x'.repeat(10_000)])('opens what it sealed', (secret) => {
  expect(box.open(box.seal(secret, context), context)).toBe(secret);
});

it('shows neither the secret nor that two are the same', () => {
  const sealed = [box.seal('sk-or-v1-secret', context), box.seal('sk-or-v1-secret', context)];

  expect(sealed[0]).not.toBe(sealed[1]);
  expect(sealed[0]).toMatch(/^v1\.[\w-]+$/);
  expect(Buffer.from(sealed[0]?.slice(3) ?? '', 'base64url').toString()).not.toContain('secret');
});

it.each([
  ['of another user', ['user-key', 'ben', 'openrouter']],
  ['of another provider', ['user-key', 'ada', 'other']],
  ['for another purpose', ['key-connect', 'ada', 'openrouter']],
  ['cut at another place', ['user-key', 'adaopenrouter']],
  ['joined otherwise', ['user-key","ada', 'openrouter']],
  ['that is missing', []],
])('opens nothing in a context %s', (_what, other) => {
  expect(box.open(box.seal('secret', context), other)).toBeNull();
});

it('opens nothing that was sealed with another key', () => {
  const other = createSecretBox('0b'.repeat(32));

  expect(other.open(box.seal('secret', context), context)).toBeNull();
});

it('notices every changed byte', () => {
  const bytes = Buffer.from(box.seal('secret', context).slice(3), 'base64url');

  for (let at = 0; at < bytes.length; at += 1) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(box.open(`v1.${changed.toString('base64url')}`, context)).toBeNull();
  }
});

it.each(['', 'v1', 'v1.', 'v1.AAAA', `v2.${'A'.repeat(80)}`, 'A'.repeat(80), 'v1.💥'])(
  'takes %j for damaged',
  (text) => {
    expect(box.open(text, context)).toBeNull();
  },
);
