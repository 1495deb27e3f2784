import axios from 'axios';
import { z } from 'zod';
import { createToken } from '../support/app-tokens.ts';
import { signIn } from '../support/signed-in.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';
import { aStream } from '../support/wire-upstream.ts';

/**
 * A LibreChat that has this server as a custom endpoint: what its agents library
 * (`@librechat/agents` 3.9, and older where that is said) sends, recorded on the wire and replayed.
 */
let app: TestApp;
let token: string;
beforeAll(async () => {
  app = await createTestApp({ simulator: { tokensPerSecond: Infinity } });
  ({ token } = await createToken(await signIn(app)));
});
afterAll(() => app.close());

const baseURL = () => `${app.url}/api/openrouter`;
const headers = () => ({
  Authorization: `Bearer ${token}`,
  'HTTP-Referer': 'https://librechat.ai',
  'X-Title': 'LibreChat',
  'User-Agent': 'langchainjs-openai/1.0.0',
  'X-Stainless-Lang': 'js',
  'X-Stainless-Retry-Count': '0',
});

/** Sends a request, and looks at both ends. */
async function replay(body: Record<string, unknown>) {
  const before = app.simulator.requests.length;
  const response = await fetch(`${baseURL()}/chat/completions`, {
    method: 'POST',
    headers: { ...headers(), 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  const calls = app.simulator.requests.slice(before).filter(({ path }) => path.endsWith('/chat/completions')); // prettier-ignore
  return { response, text, calls };
}

const user = '68a1b2c3d4e5f60718293a4b';
const streamed = { user, stream: true, stream_options: { include_usage: true } };
const reasoning = { enabled: true };
const system = { role: 'system', content: 'You are terse.' };
const question = { role: 'user', content: 'Name three rivers.' };
const cached = { cache_control: { type: 'ephemeral', ttl: '1h' } };
const calculator = {
  type: 'function',
  function: {
    name: 'calculator',
    description: 'Computes what a calculator computes.',
    parameters: {
      type: 'object',
      properties: { input: { type: 'string' } },
      additionalProperties: false,
      $schema: 'http://json-schema.org/draft-07/schema#',
    },
  },
};
const aCall = {
  id: 'call_1pm4q9y21omlz2l73zri5vn5',
  type: 'function',
  function: { name: 'calculator', arguments: '{"input":"127 * 453"}' },
};
const aResult = { role: 'tool', content: '57531', name: 'calculator', tool_call_id: aCall.id };
const aPicture =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const claude = 'anthropic/claude-sonnet-4.5';

it.each<[string, Record<string, unknown>]>([
  ['a question', { model: claude, ...streamed, reasoning, messages: [system, question] }],
  [
    'every slider',
    {
      model: 'meta-llama/llama-3.3-70b-instruct',
      temperature: 0.7,
      top_p: 0.9,
      frequency_penalty: 0.1,
      presence_penalty: 0.2,
      stop: ['END'],
      ...streamed,
      max_tokens: 500,
      messages: [system, question],
    },
  ],
  [
    'an effort, with the role and the limit of newer OpenAI models',
    {
      model: 'openai/gpt-5',
      ...streamed,
      max_completion_tokens: 4096,
      reasoning: { effort: 'high' },
      messages: [{ ...system, role: 'developer' }, question],
    },
  ],
  [
    'an adaptive effort',
    {
      model: 'anthropic/claude-sonnet-4.6',
      ...streamed,
      reasoning,
      verbosity: 'high',
      messages: [system, question],
    },
  ],
  [
    'prompt caching',
    {
      model: claude,
      ...streamed,
      tools: [{ ...calculator, ...cached }],
      reasoning,
      messages: [
        { role: 'system', content: [{ type: 'text', text: 'You are terse.', ...cached }] },
        question,
        { role: 'assistant', content: 'Rhine, Elbe, Oder.' },
        { role: 'user', content: [{ type: 'text', text: 'Three more.', ...cached }] },
      ],
    },
  ],
  [
    'prompt caching for five minutes',
    {
      model: claude,
      ...streamed,
      messages: [
        {
          role: 'system',
          content: [{ type: 'text', text: 'You are terse.', cache_control: { type: 'ephemeral' } }],
        },
        question,
      ],
    },
  ],
  [
    'the result of a tool',
    {
      model: 'openai/gpt-4o-mini',
      ...streamed,
      tools: [calculator],
      messages: [
        system,
        question,
        { role: 'assistant', content: '', tool_calls: [aCall] },
        aResult,
      ],
    },
  ],
  [
    'a picture',
    {
      model: claude,
      ...streamed,
      reasoning,
      messages: [
        system,
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What is this?' },
            { type: 'image_url', image_url: { url: aPicture, detail: 'auto' } },
          ],
        },
      ],
    },
  ],
  [
    'provider preferences of addParams',
    {
      model: claude,
      ...streamed,
      provider: { order: ['Anthropic'], data_collection: 'deny' },
      messages: [question],
    },
  ],
])('passes %s on as it is, and the answer back', async (_name, body) => {
  const { response, text, calls } = await replay(body);

  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']); // prettier-ignore
  expect(calls.map((call) => JSON.stringify(call.body))).toEqual([JSON.stringify(body)]);
  const events = [...text.matchAll(/^data: (.*)$/gm)].map(([, data]) => data ?? '');
  expect(events.at(-1)).toBe('[DONE]');
  const chunks = events.slice(0, -1).map((data) => JSON.parse(data) as Chunk);
  expect(chunks.some(({ choices }) => choices[0]?.delta.content || choices[0]?.delta.tool_calls)).toBe(true); // prettier-ignore
  expect(chunks.at(-1)?.usage?.total_tokens).toBeGreaterThan(0);
  expect(chunks.every(({ error }) => error === undefined)).toBe(true);
});

/** What a model thought is sealed by its maker, so the answer to an invented one is scripted. */
it.each<[string, Record<string, unknown>]>([
  [
    'a model',
    {
      model: 'openai/gpt-5',
      ...streamed,
      tools: [calculator],
      reasoning,
      messages: [
        system,
        question,
        {
          role: 'assistant',
          content: '',
          tool_calls: [aCall],
          reasoning_details: [
            {
              type: 'reasoning.encrypted',
              id: 'rs_1',
              data: 'opaque',
              format: 'openai-responses-v1',
              index: 0,
            },
          ],
        },
        aResult,
      ],
    },
  ],
  [
    'Claude, as parts of the content',
    {
      model: claude,
      ...streamed,
      tools: [calculator],
      messages: [
        system,
        question,
        {
          role: 'assistant',
          content: [{ type: 'thinking', thinking: 'Let me compute.' }],
          tool_calls: [aCall],
        },
        aResult,
      ],
    },
  ],
])('passes back what was thought by %s', async (_name, body) => {
  app.simulator.script({ respond: { events: aStream(String(body['model']), 'It is ', '57531.') } });

  const { response, text, calls } = await replay(body);

  expect(response.status).toBe(200);
  expect(calls.map((call) => JSON.stringify(call.body))).toEqual([JSON.stringify(body)]);
  expect(text).toContain('57531.');
});

interface Chunk {
  choices: { delta: { content?: string | null; tool_calls?: unknown[] } }[];
  usage?: { total_tokens: number };
  error?: unknown;
}

it.each<[string, Record<string, unknown>]>([
  [
    'by completion',
    { model: 'openai/gpt-5-mini', user, stream: false, reasoning, messages: [question] },
  ],
  [
    'as structured output',
    {
      model: 'openai/gpt-5-mini',
      user,
      stream: false,
      response_format: {
        type: 'json_schema',
        json_schema: {
          name: 'extract',
          schema: {
            type: 'object',
            properties: { language: { type: 'string' }, title: { type: 'string' } },
            required: ['language', 'title'],
          },
        },
      },
      messages: [question],
    },
  ],
])('passes the request for a title on, made %s', async (_name, body) => {
  const { response, text, calls } = await replay(body);

  expect(response.status).toBe(200);
  expect(calls.map((call) => JSON.stringify(call.body))).toEqual([JSON.stringify(body)]);
  const { choices } = JSON.parse(text) as { choices: { message: { content: string } }[] };
  expect(choices[0]?.message.content).toBeTruthy();
});

/** Forms that OpenRouter has retired keep their meaning, and the answer tells what was done. */
it.each<[string, Record<string, unknown>, Record<string, unknown>, string]>([
  [
    'include_reasoning of older versions',
    { include_reasoning: true },
    { reasoning: { exclude: false } },
    'include_reasoning',
  ],
  [
    'the switch for web search',
    { plugins: [{ id: 'web' }], reasoning },
    { plugins: [], reasoning, tools: [{ type: 'openrouter:web_search' }] },
    'plugins',
  ],
  [
    'transforms of addParams',
    { transforms: ['middle-out'] },
    { plugins: [{ id: 'context-compression' }] },
    'transforms',
  ],
  ['usage of addParams', { usage: { include: true } }, {}, 'usage'],
])('puts %s in today’s form', async (_name, sent, arrives, field) => {
  const rest = { model: claude, ...streamed, messages: [question] };

  const { response, text, calls } = await replay({ ...rest, ...sent });

  expect(response.status).toBe(200);
  expect(calls.map(({ body }) => body)).toEqual([{ ...rest, ...arrives }]);
  expect(text).toContain(`"adjusted":[{"field":"${field}"`);
});

it('leaves out of a title’s request what its model does not know', async () => {
  const rest = { model: 'openai/gpt-5-mini', user, stream: false, messages: [question] };

  const { response, calls } = await replay({
    ...rest,
    temperature: 0.7,
    top_p: 0.9,
    stop: ['END'],
  });

  expect(response.status).toBe(200);
  expect(calls.map(({ body }) => body)).toEqual([rest]);
});

it('asks with its own key and name, whatever the other LibreChat sends', async () => {
  const { calls } = await replay({ model: claude, ...streamed, messages: [question] });

  const sent = JSON.stringify(calls[0]?.headers);
  expect(calls[0]?.keyName).toBe('inference');
  expect(sent).not.toMatch(/librechat/i);
  expect(sent).not.toContain(token);
});

it('tells a failure in words that LibreChat shows, with the right status', async () => {
  const { response, text } = await replay({ model: 'made/up', ...streamed, messages: [question] });

  expect(response.status).toBe(400);
  expect(JSON.parse(text)).toMatchObject({
    error: { message: expect.stringContaining('made/up'), reason: 'invalid_model_id' },
  });
});

describe('the list of models', () => {
  /** What LibreChat's reader of prices and context sizes insists on, for every model at once. */
  const readBySchema = z.object({
    data: z.array(
      z.object({
        id: z.string(),
        pricing: z.object({ prompt: z.string(), completion: z.string() }),
        context_length: z.number(),
      }),
    ),
  });

  it.each(['', `?user=${user}`])('has what LibreChat reads: /models%s', async (query) => {
    const { data } = await axios.get<unknown>(`${baseURL()}/models${query}`, {
      headers: headers(),
      timeout: 5000,
    });

    const read = readBySchema.safeParse(data);
    expect(read.error?.issues ?? []).toEqual([]);
    expect(read.data?.data.length).toBeGreaterThan(100);
    expect(read.data?.data.map(({ id }) => id)).toContain(claude);
  });
});
