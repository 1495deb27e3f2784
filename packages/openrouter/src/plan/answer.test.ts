import type { ChatCompletion } from '@openrouter-native/protocol';
import { OpenRouterClient, type OpenRouterClientOptions } from '../client.ts';
import { useClosing } from '../testing/closing.ts';
import { aKey } from '../testing/keys.ts';
import { aModel, aRequest } from '../testing/plan.ts';
import { aChunk, theEnd, toBytes } from '../testing/streams.ts';
import { beginStream, sendJson, startUpstream, type Handler } from '../testing/upstream.ts';
import { until } from '../testing/until.ts';

const closing = useClosing();

async function connect(handler: Handler, options: OpenRouterClientOptions = {}) {
  const upstream = closing(await startUpstream(handler));
  const client = closing(new OpenRouterClient(aKey(), { baseURL: upstream.url, ...options }));
  return { upstream, client };
}

const answerBy = (model: string) => ({
  model,
  choices: [{ finish_reason: 'stop', message: { content: 'Hi' } }],
});
const traceOf = (completion: ChatCompletion) => completion['openrouter_native'];

describe('the difference in price', () => {
  const catalogue = [
    aModel('a/b', { canonical_slug: 'a/b-2026' }),
    aModel('a/b:batch', { canonical_slug: 'a/b-2026', pricing: { prompt: '0', completion: '0' } }),
    aModel('c/d', {
      canonical_slug: 'c/d-2026',
      pricing: { prompt: '0.0000005', completion: '0.000005' },
    }),
  ];

  it.each([
    ['the asked-for model answers', 'a/b-2026', undefined],
    ['another one does', 'c/d-2026', { prompt: '-0.5', completion: '3' }],
    ['an unknown one does', 'x/y', undefined],
  ])('is told right when %s', async (_who, served, expected) => {
    const { client } = await connect(({ url }, response) =>
      sendJson(response, url.endsWith('/models') ? { data: catalogue } : answerBy(served)),
    );
    await client.getModels();

    const trace = traceOf(await client.chatCompletion({ ...aRequest(), stream: false }));

    expect(trace).toMatchObject({ requested: 'a/b', served });
    expect((trace as { cost_delta?: unknown }).cost_delta).toEqual(expected);
  });
});

it('names the first of the models when a request has a list only', async () => {
  const { client, upstream } = await connect((_request, response) =>
    sendJson(response, answerBy('c/d')),
  );
  const { model: _model, ...request } = aRequest({ models: ['a/b', 'c/d'] });

  const trace = traceOf(await client.chatCompletion({ ...request, stream: false }));

  expect(JSON.parse(upstream.requests[0]?.body ?? '')).toMatchObject({
    model: 'a/b',
    models: ['c/d'],
  });
  expect(trace).toMatchObject({ requested: 'a/b', served: 'c/d' });
});

describe('before the first word of a stream', () => {
  it('rejects with the very reason of a signal', async () => {
    const { client, upstream } = await connect((_request, response) => {
      beginStream(response);
      response.write(toBytes([aChunk({ role: 'assistant', content: '' })]));
    });
    const controller = new AbortController();
    const why = new Error('No longer wanted');
    const call = client.chatCompletion(
      { ...aRequest(), stream: true },
      { signal: controller.signal },
    );
    const rejected = expect(call).rejects.toBe(why);
    await until(() => upstream.requests.length === 1);

    controller.abort(why);

    await rejected;
    await until(() => upstream.openConnections() === 0);
  });

  it('does not read on and on where nothing is said', async () => {
    const empty = toBytes(Array.from({ length: 500 }, () => aChunk({ content: '' })));
    let sent = 0;
    const { client } = await connect((_request, response) => {
      beginStream(response);
      const more = () => {
        while (!response.destroyed && response.write(empty)) sent += empty.length;
      };
      response.on('drain', more);
      more();
    });

    const stream = await client.chatCompletion({ ...aRequest(), stream: true });
    stream.cancel();

    expect(sent).toBeLessThan(64 * 1024 * 1024);
  });

  it('keeps nothing of the comments', async () => {
    const { client } = await connect((_request, response) => {
      beginStream(response);
      response.write(': OPENROUTER PROCESSING\n\n'.repeat(1_000));
      response.end(toBytes([aChunk({ content: 'Hi' }), ...theEnd()]));
    });

    const types: string[] = [];
    const stream = await client.chatCompletion({ ...aRequest(), stream: true });
    for await (const piece of stream.pieces()) types.push(...[...piece].map(({ type }) => type));

    expect(types).toEqual(['payload', 'payload', 'payload', 'end']);
  });
});
