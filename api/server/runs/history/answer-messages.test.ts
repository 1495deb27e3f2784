import type { ContentPart } from '@openrouter-native/protocol';
import { aStep } from '../../database/testing/chats.ts';
import type { StoredStep } from '../../database/schema.ts';
import { answerMessages } from './answer-messages.ts';

const claude = 'anthropic/claude-4.5-haiku-20251001';
const models = ['anthropic/claude-haiku-4.5'];
const details = [{ type: 'reasoning.text', text: 'Hm', signature: 'c2ln', index: 0 }];
const call: ContentPart = {
  type: 'tool_call',
  step: 0,
  tool_call: {
    type: 'tool_call',
    id: 'call_1',
    name: 'weather',
    args: '{}',
    output: 'Rain',
    progress: 1,
    is_error: false,
    duration_ms: 10,
  },
};
const asked: Partial<StoredStep> = { ending: 'tool_calls', reasoning_details: details };
const steps = (...given: Partial<StoredStep>[]): StoredStep[] =>
  given.map((step, number) => aStep({ step: number, model: claude, ...step }));

describe('answerMessages', () => {
  it('ends with the results that the model waits for', () => {
    const messages = answerMessages({ content: [call], steps: steps(asked) }, models);

    expect(messages.map(({ role }) => role)).toEqual(['assistant', 'tool']);
    expect(messages[0]).toMatchObject({ reasoning_details: details });
  });

  it('asks for the rest of the words that broke off', () => {
    const content: ContentPart[] = [call, { type: 'text', text: 'It rains in ', step: 1 }];
    const so = { content, steps: steps(asked, { ending: 'cut' }) };

    expect(answerMessages(so, models).slice(-2)).toEqual([
      { role: 'assistant', content: 'It rains in ' },
      { role: 'user', content: expect.stringMatching(/^Your message above broke off\. Go on /) },
    ]);
  });

  it.each(['', ' \n'])('takes the step again where nothing came but %j', (text) => {
    const content: ContentPart[] = text === '' ? [call] : [call, { type: 'text', text, step: 1 }];
    const so = { content, steps: steps(asked, { ending: 'stopped', reasoning_details: details }) };

    expect(answerMessages(so, models).map(({ role }) => role)).toEqual(['assistant', 'tool']);
  });

  it('is nothing before the first word', () => {
    expect(answerMessages({ content: [], steps: [] }, models)).toEqual([]);
    expect(answerMessages({ content: [], steps: steps({ ending: 'cut' }) }, models)).toEqual([]);
  });

  it.each<[string, string[], boolean]>([
    ['a router, which may have chosen the same model', ['openrouter/auto'], true],
    ['another maker that falls back to the same one', ['openai/gpt-5', ...models], true],
    ['another maker', ['openai/gpt-5'], false],
  ])('keeps thoughts for %s: %s', (_name, asks, isKept) => {
    const [told] = answerMessages({ content: [call], steps: steps(asked) }, asks);

    expect(told?.role === 'assistant' && told.reasoning_details === details).toBe(isKept);
  });

  it('sends what PDF files were read as with each step that follows', () => {
    const annotations = [{ type: 'file', file: { hash: 'a1' } }];

    const [told] = answerMessages({ content: [call], steps: steps(asked), annotations }, models);

    expect(told).toMatchObject({ annotations });
  });
});
