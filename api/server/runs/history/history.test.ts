import type { ContentPart, FileReference, ToolCall } from '@openrouter-native/protocol';
import { anAnswer, aQuestion, aStep } from '../../database/testing/chats.ts';
import type { StoredMessage, StoredStep } from '../../database/schema.ts';
import type { RequestPart } from '../../files/files.ts';
import { toHistory, type HistoryOptions } from './history.ts';

const ids = { userId: 'ada', conversationId: 'talk' };
const claude = 'anthropic/claude-4.5-haiku-20251001';
const details = [
  {
    type: 'reasoning.text',
    text: 'Hm',
    signature: 'c2ln',
    index: 0,
    format: 'anthropic-claude-v1',
  },
];

const aFile = (filename: string, type: string): FileReference => ({
  file_id: filename,
  filename,
  type,
  filepath: `/api/files/${filename}`,
  bytes: 3,
});
const photo = aFile('photo.png', 'image/png');
const paper = aFile('paper.pdf', 'application/pdf');

const aCallPart = (call: Partial<ToolCall> = {}, step = 0): ContentPart => ({
  type: 'tool_call',
  step,
  tool_call: {
    type: 'tool_call',
    id: 'call_1',
    name: 'weather',
    args: '{"city":"Oslo"}',
    output: 'Rain',
    progress: 1,
    is_error: false,
    duration_ms: 10,
    ...call,
  },
});
const aText = (text: string, step = 0): ContentPart => ({ type: 'text', text, step });
const answered = (
  content: ContentPart[],
  steps: Partial<StoredStep>[] = [{}],
  rest: Partial<StoredMessage> = {},
): StoredMessage =>
  anAnswer({
    ...ids,
    content,
    steps: steps.map((step, number) => aStep({ step: number, model: claude, ...step })),
    ...rest,
  });

const toRequestParts = async (references: readonly FileReference[]): Promise<RequestPart[]> =>
  references.map(({ filename, type }) =>
    type.startsWith('image/')
      ? { type: 'image_url', image_url: { url: `data:${filename}` } }
      : { type: 'file', file: { filename, file_data: `data:${filename}` } },
  );
const tell = (branch: StoredMessage[], options: Partial<HistoryOptions> = {}) =>
  toHistory(branch, {
    models: ['anthropic/claude-haiku-4.5'],
    draws: false,
    toRequestParts,
    ...options,
  });

const withFile = (file: FileReference): StoredMessage =>
  aQuestion({ ...ids, content: [{ type: 'file', file }] });
const never = () => Promise.reject(new Error('not asked for'));
const gone = async () => [{ type: 'text', text: 'photo.png was deleted.' }];

const theCall = {
  id: 'call_1',
  type: 'function',
  function: { name: 'weather', arguments: '{"city":"Oslo"}' },
};

describe('toHistory', () => {
  it('tells questions and answers in their order', async () => {
    const branch = [
      aQuestion({ ...ids, text: 'Why?' }),
      answered([aText('Because.')]),
      aQuestion({ ...ids, text: 'Really?' }),
    ];

    expect(await tell(branch)).toEqual([
      { role: 'user', content: 'Why?' },
      { role: 'assistant', content: 'Because.' },
      { role: 'user', content: 'Really?' },
    ]);
  });

  it('puts the words of a question before its files', async () => {
    const content: ContentPart[] = [
      { type: 'image_file', image_file: photo },
      { type: 'file', file: paper },
      { type: 'text', text: 'What is this?' },
    ];

    expect(await tell([aQuestion({ ...ids, content })])).toEqual([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'What is this?' },
          { type: 'image_url', image_url: { url: 'data:photo.png' } },
          { type: 'file', file: { filename: 'paper.pdf', file_data: 'data:paper.pdf' } },
        ],
      },
    ]);
  });

  it('asks for all files of the conversation at once, oldest first', async () => {
    const asked: string[][] = [];

    const history = await tell([withFile(photo), answered([aText('Nice.')]), withFile(paper)], {
      toRequestParts: (references) => {
        asked.push(references.map(({ filename }) => filename));
        return toRequestParts(references);
      },
    });

    expect(asked).toEqual([['photo.png', 'paper.pdf']]);
    expect(history.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
  });

  it('tells an answer step by step, with calls, results and the very thoughts', async () => {
    const [told, result, last] = await tell([
      answered(
        [
          { type: 'think', think: 'Hm', step: 0 },
          aText('Let me look.'),
          aCallPart(),
          { type: 'think', think: 'So', step: 1 },
          aText('It rains.', 1),
        ],
        [{ ending: 'tool_calls', reasoning_details: details }, {}],
      ),
    ]);

    expect(told).toEqual({
      role: 'assistant',
      content: 'Let me look.',
      tool_calls: [theCall],
      reasoning_details: details,
    });
    expect(told?.role === 'assistant' && told.reasoning_details).toBe(details);
    expect(result).toEqual({ role: 'tool', tool_call_id: 'call_1', content: 'Rain' });
    expect(last).toEqual({ role: 'assistant', content: 'It rains.' });
  });

  it('sends a call without words as a call alone, and no arguments as an empty object', async () => {
    const [told] = await tell([answered([aCallPart({ args: '' })], [{ ending: 'tool_calls' }])]);

    expect(told).toMatchObject({ content: null, tool_calls: [{ function: { arguments: '{}' } }] });
  });

  it.each([
    ['was running', 0.5, /not known/],
    ['had not begun', 0, /not run/],
  ])(
    'says of a call that %s when all ended what is known of it',
    async (_name, progress, words) => {
      const call = aCallPart({ output: null, progress });

      const [told, result] = await tell([
        answered([call], [{ ending: 'tool_calls', reasoning_details: details }]),
      ]);

      expect(told).toMatchObject({ tool_calls: [theCall], reasoning_details: details });
      expect(result).toMatchObject({
        tool_call_id: 'call_1',
        content: expect.stringMatching(words),
      });
    },
  );

  it.each([
    'cut',
    'stalled',
    'failed',
    'stopped',
    'length',
    'budget',
    'content_filter',
    null,
  ] as const)(
    'tells the words of a step that ended as %s, without thoughts and without calls',
    async (ending) => {
      const call = aCallPart({ output: null, progress: 0 });
      const step = { ending, reasoning_details: details };

      expect(await tell([answered([aText('It is'), call], [step])])).toEqual([
        { role: 'assistant', content: 'It is' },
      ]);
    },
  );

  it('keeps the thoughts of a step that was only suspected to have broken off', async () => {
    const step = {
      ending: 'length',
      finish_reason: 'tool_calls',
      reasoning_details: details,
    } as const;

    const [told] = await tell([answered([aCallPart()], [step])]);

    expect(told).toMatchObject({ tool_calls: [theCall], reasoning_details: details });
  });

  it('tells what broke off together with what went on with it', async () => {
    const history = await tell([
      answered(
        [aText('The sea is '), aText('deep.', 1), aCallPart({}, 1)],
        [{ ending: 'cut' }, { ending: 'tool_calls' }],
      ),
    ]);

    expect(history).toEqual([
      { role: 'assistant', content: 'The sea is deep.', tool_calls: [theCall] },
      { role: 'tool', tool_call_id: 'call_1', content: 'Rain' },
    ]);
  });

  it.each(['{"city":"Os', '[1]', 'null'])(
    'leaves out a call whose arguments are %s, and the thoughts that led to it',
    async (args) => {
      const bad = aCallPart({ id: 'call_2', args, output: null, progress: 0 });

      const [told] = await tell([
        answered([aCallPart(), bad], [{ ending: 'tool_calls', reasoning_details: details }]),
      ]);

      expect(told).toEqual({ role: 'assistant', content: null, tool_calls: [theCall] });
    },
  );

  it('leaves out errors, and answers without anything', async () => {
    const error = { type: 'error' as const, error: 'Gone', details: { message: 'Gone' } as never };
    const thought = { type: 'think' as const, think: 'Hm', step: 0 };

    expect(
      await tell([
        answered([aText('So'), error]),
        answered([error], []),
        answered([aText(' \n')]),
        answered([aText(' \n')], [{ ending: 'cut' }]),
        answered([thought], [{ ending: 'cut', reasoning_details: details }]),
        answered([], []),
      ]),
    ).toEqual([{ role: 'assistant', content: 'So' }]);
  });

  it('tells an answer of which no steps are known', async () => {
    expect(await tell([answered([{ type: 'text', text: 'Once.' }], [])])).toEqual([
      { role: 'assistant', content: 'Once.' },
    ]);
  });

  it.each([
    ['a model of another maker', ['openai/gpt-5'], 'openai/gpt-5'],
    ['a router', ['openrouter/auto'], 'openrouter/auto'],
  ])('keeps thoughts from %s', async (_name, models) => {
    const step = { ending: 'tool_calls', reasoning_details: details } as const;

    const [told] = await tell([answered([aCallPart()], [step])], { models });

    expect(told).toEqual({ role: 'assistant', content: null, tool_calls: [theCall] });
  });

  describe('with a picture that was made', () => {
    const made: ContentPart = { type: 'image_file', image_file: photo, step: 0 };

    it('gives it back to a model that draws', async () => {
      expect(await tell([answered([aText('Here.'), made])], { draws: true })).toEqual([
        {
          role: 'assistant',
          content: 'Here.',
          images: [{ type: 'image_url', image_url: { url: 'data:photo.png' } }],
        },
      ]);
      expect(await tell([answered([made])], { draws: true })).toMatchObject([
        { content: null, images: [{}] },
      ]);
    });

    it('names it to any other, and never asks for its bytes', async () => {
      expect(await tell([answered([aText('Here.'), made])], { toRequestParts: never })).toEqual([
        { role: 'assistant', content: 'Here.\n\n[Picture: photo.png]' },
      ]);
    });

    it('names it when it is gone', async () => {
      expect(await tell([answered([made])], { draws: true, toRequestParts: gone })).toEqual([
        { role: 'assistant', content: '[Picture: photo.png]' },
      ]);
    });
  });

  it('sends back what PDF files were read as, once for each', async () => {
    const parsed = { type: 'file', file: { hash: 'a1', content: [] } };
    const citation = { type: 'url_citation', url_citation: { url: 'https://a.test' } };
    const annotations = [parsed, citation, structuredClone(parsed)];

    const history = await tell([
      answered([aCallPart(), aText('Read.', 1)], [{ ending: 'tool_calls' }, {}], { annotations }),
    ]);

    expect(history.map((message) => 'annotations' in message && message['annotations'])).toEqual([
      [parsed],
      false,
      false,
    ]);
  });
});
