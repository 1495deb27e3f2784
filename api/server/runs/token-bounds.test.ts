import type { ChatMessage } from '@openrouter-native/protocol';
import { fewestTokens, mostTokens } from './token-bounds.ts';

const user = (content: string | { type: string; [field: string]: unknown }[]): ChatMessage => ({
  role: 'user',
  content,
});
const most = (messages: ChatMessage[], rest: object = {}, options: object = {}) =>
  mostTokens({ messages, ...rest }, { counted: null, isGpt4oMini: false, ...options });
const picture = {
  type: 'image_url',
  image_url: { url: `data:image/png;base64,${'A'.repeat(9000)}` },
};

describe('the fewest tokens', () => {
  it('are the words', () => {
    expect(fewestTokens([user('How deep\n\n is   the sea?'), user('')])).toBe(5);
  });

  it('count long runs of one sign as few', () => {
    expect(fewestTokens([user('='.repeat(128))])).toBe(1);
    expect(fewestTokens([user('='.repeat(129))])).toBe(2);
  });

  it('count what is written only, in messages and calls', () => {
    const call = { id: 'c', type: 'function', function: { name: 'f', arguments: '{"a": 1}' } };

    expect(fewestTokens([user([{ type: 'text', text: 'Look here' }, picture])])).toBe(2);
    expect(
      fewestTokens([
        { role: 'assistant', content: null, tool_calls: [call], reasoning: 'a b c d e' },
        { role: 'tool', tool_call_id: 'c', content: 'Yes indeed' },
      ]),
    ).toBe(1 + 2 + 2);
  });
});

describe('the most tokens', () => {
  it('are no fewer than the bytes of all that is sent', () => {
    const text = 'Grüße 😀 漢字 '.repeat(50);

    expect(most([user(text)])).toBeGreaterThanOrEqual(Buffer.byteLength(text));
    expect(
      most([user('Hi')], { tools: [{ type: 'function', function: { name: text } }] }),
    ).toBeGreaterThan(Buffer.byteLength(text) + most([user('Hi')]));
    expect(
      most([user('Hi')], { response_format: { type: 'json_schema', schema: text } }),
    ).toBeGreaterThan(Buffer.byteLength(text));
    expect(
      most([{ role: 'assistant', content: '', reasoning_details: [{ type: 'x', data: text }] }]),
    ).toBeGreaterThan(Buffer.byteLength(text));
  });

  it('do not depend on the bytes of a picture', () => {
    const one = most([user([picture])]);

    expect(one).toBeGreaterThan(16_000);
    expect(one).toBeLessThan(17_000);
    expect(most([user([picture, picture])])).toBeGreaterThan(one + 16_000);
    expect(most([user([picture])], {}, { isGpt4oMini: true })).toBeGreaterThan(48_000);
  });

  it('count the pictures that a model made like those that it was shown', () => {
    const images = [picture, picture];

    expect(most([{ role: 'assistant', content: 'Here', images }])).toBeGreaterThan(32_000);
    expect(most([{ role: 'assistant', content: 'Here', images }])).toBeLessThan(34_000);
  });

  it.each([
    ['a PDF file', { type: 'file', file: { file_data: 'data:application/pdf;base64,AAAA' } }],
    ['sound', { type: 'input_audio', input_audio: { data: 'AAAA', format: 'wav' } }],
    ['film', { type: 'video_url', video_url: { url: 'https://example.com/a.mp4' } }],
    [
      'a picture at its own size',
      { type: 'image_url', image_url: { url: 'x', detail: 'original' } },
    ],
    ['what is not known', { type: 'hologram' }],
  ])('have no bound for %s', (_what, part) => {
    expect(most([user([part])])).toBe(Infinity);
  });

  it('begin with what was charged for the step before', () => {
    const long = user('word '.repeat(1000));
    const added = user('And then?');
    const counted = { tokens: 1_020, messages: 1 };

    const bound = most([long, added], {}, { counted });

    expect(bound).toBeGreaterThanOrEqual(1_020 + 9);
    expect(bound).toBeLessThan(1_300);
    expect(most([long, added])).toBeGreaterThan(5_000);
  });

  it('are never more for knowing what was charged', () => {
    const counted = { tokens: 1e9, messages: 1 };

    expect(most([user('a'), user('b')], {}, { counted })).toBe(most([user('a'), user('b')]));
  });
});
