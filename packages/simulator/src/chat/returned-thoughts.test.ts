import { startSimulator, type Simulator } from '../index.ts';
import { chat, user, type ChatAnswer } from '../testing/ask.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ tokensPerSecond: Infinity });
});
afterAll(() => simulator.close());

const CLAUDE = 'anthropic/claude-haiku-4.5';
const GEMINI = 'google/gemini-3.1-pro-preview';
const GPT = 'openai/gpt-5-mini';

const tools = [
  {
    type: 'function',
    function: {
      name: 'get_weather',
      parameters: { type: 'object', properties: { city: { type: 'string' } } },
    },
  },
];
type Detail = Record<string, unknown>;

/** A question, the call that a model makes for it after some thought, and the result. */
async function aRound(model: string, effort: string) {
  const question = user('What is the weather in Oslo?');
  const { message } = await chat(simulator, {
    model,
    tools,
    messages: [question],
    reasoning: { effort },
  });
  const details = message.reasoning_details as Detail[];
  const [call] = message.tool_calls ?? [];
  return {
    details,
    /** Sends the result, with these thoughts in place of those that were had. */
    answerWith: (thoughts: Detail[] | undefined, rest: Record<string, unknown> = {}) =>
      chat(simulator, {
        model,
        tools,
        reasoning: { effort },
        messages: [
          question,
          {
            role: 'assistant',
            content: null,
            tool_calls: message.tool_calls,
            ...(thoughts && { reasoning_details: thoughts }),
          },
          { role: 'tool', tool_call_id: call?.id, content: 'Rain' },
        ],
        ...rest,
      }),
  };
}

const rawOf = ({ error }: ChatAnswer) =>
  JSON.parse(String((error.metadata as { raw?: string }).raw)) as { error: { message: string } };

describe.each([
  ['Claude', CLAUDE, 'xhigh', /^messages\.1\.content\.\d: (Invalid|`thinking`)/],
  ['Gemini', GEMINI, 'low', /Thought signature/],
  ['GPT', GPT, 'low', /could not be verified/],
])('thoughts of %s', (_name, model, effort, words) => {
  it('are taken back as they were made', async () => {
    const { details, answerWith } = await aRound(model, effort);

    const answer = await answerWith(details);

    expect(details.length).toBeGreaterThan(1);
    expect(answer.status).toBe(200);
    expect(answer.text).toContain('Rain');
  });

  it('are taken back whatever the order of their fields', async () => {
    const { details, answerWith } = await aRound(model, effort);
    const turned = details.map((detail) => Object.fromEntries(Object.entries(detail).toReversed()));

    expect((await answerWith(turned)).status).toBe(200);
  });

  it.each<[string, (details: Detail[]) => Detail[]]>([
    ['a word of them is another', ([first, ...rest]) => [change(first), ...rest]],
    ['a seal is another', (details) => [...details.slice(0, -1), unseal(details.at(-1))]],
    ['they are in another order', (details) => details.toReversed()],
    ['one of them is missing', (details) => details.slice(0, -1)],
    ['the first of them is missing', (details) => details.slice(1)],
    ['one of them is there twice', ([first, ...rest]) => [first ?? {}, first ?? {}, ...rest]],
  ])('are refused where %s', async (_case, spoil) => {
    const { details, answerWith } = await aRound(model, effort);

    const answer = await answerWith(spoil(details));

    expect(answer.status).toBe(400);
    expect(answer.error.message).toBe('Provider returned error');
    expect(rawOf(answer).error.message).toMatch(words);
  });
});

describe('thoughts that are left out', () => {
  it.each([
    ['Claude', CLAUDE, /^messages\.1\.content\.0: Expected `thinking`/],
    ['Gemini', GEMINI, /missing a thought_signature/],
  ])('are missed by %s in the midst of its tools', async (_name, model, words) => {
    const answer = await (await aRound(model, 'low')).answerWith(undefined);

    expect(answer.status).toBe(400);
    expect(rawOf(answer).error.message).toMatch(words);
  });

  it('are not missed by GPT', async () => {
    expect((await (await aRound(GPT, 'low')).answerWith(undefined)).status).toBe(200);
  });

  it('are not missed by one who does not think any more, or never did', async () => {
    const { answerWith } = await aRound(CLAUDE, 'low');
    const thoughtless = await aRound(CLAUDE, 'none');

    expect((await answerWith(undefined, { reasoning: { effort: 'none' } })).status).toBe(200);
    expect((await thoughtless.answerWith(undefined, { reasoning: { effort: 'low' } })).status).toBe(
      200,
    );
  });

  it('are not missed once there is another question', async () => {
    const { message } = await chat(simulator, {
      model: CLAUDE,
      messages: [user('Hi')],
      reasoning: { effort: 'low' },
    });

    const answer = await chat(simulator, {
      model: CLAUDE,
      reasoning: { effort: 'low' },
      messages: [user('Hi'), { role: 'assistant', content: message.content }, user('Why?')],
    });

    expect(answer.status).toBe(200);
  });
});

it('refuses thoughts of an earlier turn as well, where they were changed', async () => {
  const { message } = await chat(simulator, {
    model: CLAUDE,
    messages: [user('Hi')],
    reasoning: { effort: 'low' },
  });
  const [first] = message.reasoning_details as Detail[];
  const ask = (detail: Detail) =>
    chat(simulator, {
      model: CLAUDE,
      messages: [
        { role: 'system', content: 'Be brief.' },
        user('Hi'),
        { role: 'assistant', content: message.content, reasoning_details: [detail] },
        user('Why?'),
      ],
    });

  expect((await ask(first ?? {})).status).toBe(200);
  expect(rawOf(await ask(change(first))).error.message).toBe(
    'messages.1.content.0: Invalid `signature` in `thinking` block',
  );
  expect(rawOf(await ask({ ...first, signature: undefined })).error.message).toBe(
    'messages.1.content.0: thinking.signature: Field required',
  );
});

it('does not read the thoughts of other makers', async () => {
  const { details } = await aRound(GPT, 'low');

  const answer = await chat(simulator, {
    model: CLAUDE,
    messages: [
      user('Hi'),
      { role: 'assistant', content: 'Hi', reasoning_details: details },
      user('?'),
    ],
  });

  expect(answer.status).toBe(200);
});

it('takes back thoughts that another simulator handed out', async () => {
  const { details, answerWith } = await aRound(CLAUDE, 'low');
  const before = simulator;

  simulator = await startSimulator({ tokensPerSecond: Infinity });
  const answer = await answerWith(details);
  await before.close();

  expect(answer.status).toBe(200);
});

function change(detail: Detail | undefined): Detail {
  const field =
    ['text', 'summary', 'data'].find((name) => typeof detail?.[name] === 'string') ?? '';
  return { ...detail, [field]: `${String(detail?.[field])} ` };
}

/** With another signature, or another last character of what is encrypted. */
function unseal(detail: Detail | undefined): Detail {
  const field = typeof detail?.['signature'] === 'string' ? 'signature' : 'data';
  const seal = String(detail?.[field]);
  return { ...detail, [field]: `${seal.startsWith('A') ? 'B' : 'A'}${seal.slice(1)}` };
}
