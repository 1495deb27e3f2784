import { createHash } from 'node:crypto';
import { startSimulator } from '@openrouter-native/simulator';
import { OpenRouterClient } from '../client.ts';
import { isOpenRouterError } from '../errors.ts';
import { useClosing } from '../testing/closing.ts';
import { sendJson, startUpstream, type Handler } from '../testing/upstream.ts';
import { authorizationUrl } from './authorization-url.ts';

const closing = useClosing();
const verifier = 'v'.repeat(43);
const asked = {
  callbackUrl: 'https://chat.test/back?state=s',
  codeChallenge: createHash('sha256').update(verifier).digest('base64url'),
  keyLabel: 'Team Chat',
};

/** A simulator whose person has consented, and what came back. */
async function consented() {
  const simulator = closing(await startSimulator());
  const client = closing(new OpenRouterClient(null, { baseURL: simulator.url }));
  const consent = await fetch(authorizationUrl(simulator.url, asked) ?? '', {
    redirect: 'manual',
  });
  const back = new URL(consent.headers.get('location') ?? '');
  return { client, simulator, code: back.searchParams.get('code') ?? '' };
}

describe('authorizationUrl', () => {
  it.each([
    ['https://openrouter.ai/api/v1', 'https://openrouter.ai/auth'],
    ['https://openrouter.ai/api/v1/', 'https://openrouter.ai/auth'],
    ['https://eu.openrouter.ai/api/v1', 'https://openrouter.ai/auth'],
    ['http://127.0.0.1:3000/api/v1', 'http://127.0.0.1:3000/auth'],
    ['https://gateway.test/openrouter/api/v1', 'https://gateway.test/openrouter/auth'],
  ])('finds the page beside %s', (baseURL, page) => {
    const url = new URL(authorizationUrl(baseURL, asked) ?? '');

    expect(url.origin + url.pathname).toBe(page);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      callback_url: asked.callbackUrl,
      code_challenge: asked.codeChallenge,
      code_challenge_method: 'S256',
      key_label: 'Team Chat',
    });
  });

  it('knows of none behind another kind of address', () => {
    expect(authorizationUrl('https://gateway.test/v1', asked)).toBeNull();
  });

  it('shortens a label that OpenRouter would refuse', () => {
    const url = authorizationUrl('https://openrouter.ai/api/v1', {
      ...asked,
      keyLabel: 'x'.repeat(200),
    });

    expect(new URL(url ?? '').searchParams.get('key_label')).toHaveLength(100);
  });
});

describe('exchangeAuthCode', () => {
  it('brings a key that works, and sends none to get it', async () => {
    const { client, simulator, code } = await consented();

    const { key } = await client.exchangeAuthCode({ code, codeVerifier: verifier });

    expect((await client.withKey(key).getKeyInfo()).label).toContain('sk-or-v1-');
    const exchange = simulator.requests.find(({ path }) => path.endsWith('/auth/keys'));
    expect(exchange).toMatchObject({ method: 'POST', keyName: null });
  });

  it.each([
    ['another verifier', (code: string) => ({ code, codeVerifier: 'w'.repeat(43) })],
    ['another code', (_code: string) => ({ code: 'f'.repeat(64), codeVerifier: verifier })],
  ])('is refused with %s', async (_what, wrong) => {
    const { client, code } = await consented();

    const failure = client.exchangeAuthCode(wrong(code));

    await expect(failure).rejects.toMatchObject({ reason: 'permission_denied' });
  });

  it('is refused the second time', async () => {
    const { client, code } = await consented();
    await client.exchangeAuthCode({ code, codeVerifier: verifier });

    const again = client.exchangeAuthCode({ code, codeVerifier: verifier });

    await expect(again).rejects.toMatchObject({ reason: 'permission_denied' });
  });

  it.each<[string, Handler, string]>([
    ['an answer without a key', (_, response) => sendJson(response, {}), 'malformed_response'],
    ['a page', (_, response) => response.end('<html></html>'), 'malformed_response'],
    ['an outage', (_, response) => sendJson(response, {}, 503), 'provider_overloaded'],
    ['a lost connection', (_, response) => response.destroy(), 'upstream_unreachable'],
  ])('takes %s for what it is, and asks once', async (_what, handler, reason) => {
    const upstream = closing(await startUpstream(handler));
    const client = closing(new OpenRouterClient(null, { baseURL: upstream.url }));

    const error: unknown = await client
      .exchangeAuthCode({ code: 'c', codeVerifier: verifier })
      .catch((thrown: unknown) => thrown);

    expect(isOpenRouterError(error) && error.reason).toBe(reason);
    expect(upstream.requests).toHaveLength(1);
  });
});
