import { appHeaders, authorization } from './headers.ts';
import { aKey } from './testing/keys.ts';

const AGENT = { 'User-Agent': 'openrouter-native' };

describe('appHeaders', () => {
  it.each([
    [{}, {}],
    [{ siteUrl: 'https://chat.test' }, { 'HTTP-Referer': 'https://chat.test' }],
    [{ siteUrl: '', siteName: '' }, {}],
    [{ siteUrl: 'https://bücher.test/a' }, { 'HTTP-Referer': 'https://xn--bcher-kva.test/a' }],
    [{ siteUrl: 'no url\nat all' }, {}],
    [{ siteName: 'My Chat' }, { 'X-OpenRouter-Title': 'My Chat' }],
    [{ siteName: 'Café Ünïcode' }, { 'X-OpenRouter-Title': 'Cafe Unicode' }],
    [{ siteName: 'Мой чат' }, {}],
    [{ siteName: 'a\r\nX-Forged: 1' }, { 'X-OpenRouter-Title': 'aX-Forged: 1' }],
    [{ routerMetadata: true }, { 'X-OpenRouter-Metadata': 'enabled' }],
    [{ routerMetadata: false }, {}],
  ])('of %j are %j', (app, headers) => {
    expect(appHeaders(app)).toEqual({ ...AGENT, ...headers });
  });
});

describe('authorization', () => {
  it('carries the key', () => {
    expect(authorization(aKey())).toEqual({ Authorization: `Bearer ${aKey()}` });
  });

  it('does not repeat a key that it cannot carry', () => {
    expect(() => authorization('hunter2\n')).toThrow(
      expect.objectContaining({
        reason: 'key_malformed',
        message: expect.not.stringContaining('hunter2'),
      }),
    );
  });
});
