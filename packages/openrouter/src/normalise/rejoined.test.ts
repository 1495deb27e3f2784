import type { ChatRequest } from '@openrouter-native/protocol';
import type { Change } from './change.ts';
import { mendRejoined } from './rejoined.ts';

const aRequest = (...formats: unknown[]): ChatRequest => ({
  model: 'a/b',
  messages: [
    { role: 'user', content: 'Hi' },
    {
      role: 'assistant',
      content: '',
      reasoning_details: formats.map((format) => ({ type: 'reasoning.text', text: 'Hm', format })),
    },
  ],
});
const mend = (request: ChatRequest) => {
  const changes: Change[] = [];
  return { request: mendRejoined(request, (change) => changes.push(change)), changes };
};

it.each(['openai-responses-v1', 'anthropic-claude-v1', 'google-gemini-v1', 'x-y-v12', 'unknown'])(
  'sends %s once, however often it was joined, and tells so',
  (format) => {
    const { request, changes } = mend(aRequest(format, format.repeat(2), format.repeat(500)));

    expect(request).toEqual(aRequest(format, format, format));
    expect(changes).toEqual([
      { field: 'messages.reasoning_details.format', change: 'sent once instead of repeated' },
    ]);
  },
);

it.each([
  ['a format as it was made', aRequest('openai-responses-v1')],
  ['formats of two makers', aRequest('openai-responses-v1google-gemini-v1')],
  ['a format that nobody knows', aRequest('Made Up', 'unknownish', '', 7, null)],
  ['no thoughts', aRequest()],
  ['a question alone', { messages: [{ role: 'user' as const, content: 'Hi' }] }],
])('leaves %s as it is', (_what, request) => {
  const mended = mend(request);

  expect(mended.request).toBe(request);
  expect(mended.changes).toEqual([]);
});

it('takes no time for a format that is very long and no repetition', () => {
  const request = aRequest(`${'a-'.repeat(1_000_000)}v`, 'unknown'.repeat(1_000_000));
  const startedAt = performance.now();

  mend(request);

  expect(performance.now() - startedAt).toBeLessThan(500);
});
