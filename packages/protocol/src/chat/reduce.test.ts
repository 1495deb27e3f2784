import type { ChatChunk, Usage } from '../upstream/chat.ts';
import { isContent, type ChatEvent } from './events.ts';
import {
  emptyAnswer,
  endingOf,
  errorOfChoice,
  reduceChunk,
  reduceTerminator,
  type AnswerState,
} from './reduce.ts';

type Choice = NonNullable<ChatChunk['choices']>[number];

const aChunk = (choice: Partial<Choice> | null, rest: Partial<ChatChunk> = {}): ChatChunk => ({
  choices: choice === null ? [] : [{ index: 0, delta: {}, ...choice }],
  ...rest,
});
const aDelta = (delta: NonNullable<Choice['delta']>) => aChunk({ delta });
const usage: Usage = { prompt_tokens: 12, completion_tokens: 2, total_tokens: 14, cost: 0.000022 };

const aCall = (text: string) =>
  aDelta({ tool_calls: [{ index: 0, function: { name: 'weather', arguments: text } }] });

/** Reduces chunk after chunk. */
function reduce(...chunks: ChatChunk[]): { state: AnswerState; events: ChatEvent[] } {
  let state = emptyAnswer;
  const events: ChatEvent[] = [];
  for (const chunk of chunks) {
    const [next, more] = reduceChunk(state, chunk);
    state = next;
    events.push(...more);
  }
  return { state, events };
}

describe('reduceChunk', () => {
  it.each<[string, ChatChunk, ChatEvent[]]>([
    ['nothing in an empty delta', aDelta({ content: '' }), []],
    ['nothing without choices', {}, []],
    ['nothing in a choice without a delta', { choices: [{}] }, []],
    ['text', aDelta({ content: 'Hel' }), [{ type: 'text-delta', text: 'Hel' }]],
    ['blank text, which is text', aDelta({ content: '\n' }), [{ type: 'text-delta', text: '\n' }]],
    ['a refusal', aDelta({ refusal: 'No.' }), [{ type: 'refusal-delta', text: 'No.' }]],
    ['reasoning', aDelta({ reasoning: 'Hm' }), [{ type: 'reasoning-delta', text: 'Hm' }]],
    [
      'reasoning before the text that came with it',
      aDelta({ content: 'So', reasoning: 'Hm' }),
      [
        { type: 'reasoning-delta', text: 'Hm' },
        { type: 'text-delta', text: 'So' },
      ],
    ],
    [
      'the beginning of a tool call',
      aDelta({ tool_calls: [{ index: 1, id: 'call_1', function: { name: 'f', arguments: '' } }] }),
      [{ type: 'tool-call-delta', index: 1, id: 'call_1', name: 'f', argumentsText: '' }],
    ],
    [
      'a piece of its arguments',
      aDelta({ tool_calls: [{ index: 1, function: { arguments: '{"a"' } }] }),
      [{ type: 'tool-call-delta', index: 1, id: null, name: null, argumentsText: '{"a"' }],
    ],
    [
      'two calls at once',
      aDelta({
        tool_calls: [
          { index: 0, id: 'a' },
          { index: 1, id: 'b' },
        ],
      }),
      [
        { type: 'tool-call-delta', index: 0, id: 'a', name: null, argumentsText: '' },
        { type: 'tool-call-delta', index: 1, id: 'b', name: null, argumentsText: '' },
      ],
    ],
    [
      'a tool call without an index, which stays unknown',
      aDelta({ tool_calls: [{ id: 'a', function: { name: 'f', arguments: '{}' } }] }),
      [{ type: 'tool-call-delta', index: null, id: 'a', name: 'f', argumentsText: '{}' }],
    ],
    [
      'arguments that came as an object, as their JSON text',
      aDelta({ tool_calls: [{ index: 0, function: { arguments: { city: 'Oslo' } } }] }),
      [
        {
          type: 'tool-call-delta',
          index: 0,
          id: null,
          name: null,
          argumentsText: '{"city":"Oslo"}',
        },
      ],
    ],
    [
      'pictures',
      aDelta({ images: [{ image_url: { url: 'data:image/png;base64,AA' } }] }),
      [{ type: 'image', url: 'data:image/png;base64,AA' }],
    ],
    [
      'annotations',
      aDelta({ annotations: [{ type: 'url_citation', url_citation: { url: 'https://a.test' } }] }),
      [
        {
          type: 'annotation',
          annotation: { type: 'url_citation', url_citation: { url: 'https://a.test' } },
        },
      ],
    ],
    ['usage without choices', aChunk(null, { usage }), [{ type: 'usage', usage }]],
  ])('reads %s', (_name, chunk, events) => {
    const [state, found] = reduceChunk(emptyAnswer, chunk);

    expect(found).toEqual(events);
    expect(state.hasContent).toBe(events.some(isContent));
    expect(state.error).toBeNull();
  });

  it('hands on the very reasoning details that came, signatures and all', () => {
    const details = [{ type: 'reasoning.text', index: 0, text: 'Hm', signature: 'c2ln', extra: 1 }];

    const [, [event]] = reduceChunk(emptyAnswer, aDelta({ reasoning_details: details }));

    expect(event).toEqual({ type: 'reasoning-details', details });
    expect(event?.type === 'reasoning-details' && event.details).toBe(details);
  });

  it('announces the answer once, with the first chunk that names it', () => {
    const names = { id: 'gen-1', model: 'a/b-20251001', provider: 'P' };
    const { events, state } = reduce(
      aDelta({}),
      aChunk({}, names),
      aChunk({ delta: { content: 'x' } }, names),
    );

    expect(events).toEqual([
      { type: 'start', generationId: 'gen-1', model: 'a/b-20251001', provider: 'P' },
      { type: 'text-delta', text: 'x' },
    ]);
    expect(state).toMatchObject({ generationId: 'gen-1', model: 'a/b-20251001', provider: 'P' });
  });

  it('takes the second finish chunk, which carries the usage, for the same finish', () => {
    const finish = { finish_reason: 'stop', native_finish_reason: 'end_turn' };
    const { state, events } = reduce(
      aDelta({ content: 'Hi' }),
      aChunk(finish),
      aChunk(finish, { usage }),
    );

    expect(events).toEqual([
      { type: 'text-delta', text: 'Hi' },
      { type: 'usage', usage },
    ]);
    expect(state).toMatchObject({ finishReason: 'stop', nativeFinishReason: 'end_turn', usage });
  });

  it('keeps the finish reason when the usage comes without choices', () => {
    const { state } = reduce(aChunk({ finish_reason: 'length' }), aChunk(null, { usage }));

    expect(state.finishReason).toBe('length');
  });

  it('does not take a blank finish reason for one', () => {
    const { state } = reduce(
      aChunk({ delta: { content: 'Hi' }, finish_reason: '', native_finish_reason: '' }),
    );

    expect(state).toMatchObject({ finishReason: null, nativeFinishReason: null, error: null });
  });

  it.each<[string, ChatChunk, object]>([
    [
      'beside a choice that says so',
      aChunk({ finish_reason: 'error' }, { error: { code: 502, message: 'gone' } }),
      { code: 502, message: 'gone' },
    ],
    [
      'with empty choices',
      aChunk(null, { error: { code: 'server_error', message: 'gone' } }),
      { code: 'server_error', message: 'gone' },
    ],
    ['alone', { error: { message: 'gone' } }, { message: 'gone' }],
    ['in the choice', aChunk({ error: { code: 429 } }), { code: 429 }],
    [
      'as a finish reason',
      aChunk({ finish_reason: 'error' }),
      { message: 'The provider ended the answer with an error.' },
    ],
    [
      "in the provider's own word",
      aChunk({ finish_reason: null, native_finish_reason: 'network_error' }),
      { message: 'The provider ended the answer with an error.' },
    ],
    [
      "in the provider's own word beside a blank one",
      aChunk({ finish_reason: '', native_finish_reason: 'error' }),
      { message: 'The provider ended the answer with an error.' },
    ],
  ])('finds an error %s', (_name, chunk, error) => {
    const { state } = reduce(aDelta({ content: 'Hi' }), chunk);

    expect(state.error).toEqual(error);
    expect(endingOf(reduceTerminator(state))).toBe('failed');
  });

  it('keeps the first of two errors, and the words that came with it', () => {
    const { state, events } = reduce(
      aChunk({ delta: { content: 'last words' } }, { error: { code: 502 } }),
      { error: { code: 500 } },
    );

    expect(state.error).toEqual({ code: 502 });
    expect(events).toEqual([{ type: 'text-delta', text: 'last words' }]);
  });

  it('changes neither the state nor the chunk that it was given', () => {
    const chunk = aChunk({ delta: { content: 'x' }, finish_reason: 'stop' }, { usage });
    const before = JSON.stringify([emptyAnswer, chunk]);

    reduceChunk(Object.freeze({ ...emptyAnswer }), chunk);

    expect(JSON.stringify([emptyAnswer, chunk])).toBe(before);
  });
});

describe('errorOfChoice', () => {
  it('finds none in a choice that ended by itself, whatever the provider called it', () => {
    expect(errorOfChoice({ finish_reason: 'stop', native_finish_reason: 'error' })).toBeNull();
    expect(errorOfChoice({ finish_reason: null, native_finish_reason: 'end_turn' })).toBeNull();
    expect(errorOfChoice({})).toBeNull();
  });
});

describe('endingOf', () => {
  it.each([
    ['stop', true, 'complete'],
    ['something_new', true, 'complete'],
    ['length', true, 'length'],
    ['tool_calls', true, 'tool_calls'],
    ['content_filter', true, 'content_filter'],
    ['error', true, 'failed'],
    [null, true, 'cut'],
    ['stop', false, 'cut'],
    ['length', false, 'cut'],
    ['tool_calls', false, 'cut'],
    [null, false, 'cut'],
  ])('calls finish reason %s with terminator %s %s', (finishReason, terminated, ending) => {
    expect(endingOf({ ...emptyAnswer, finishReason, terminated })).toBe(ending);
  });

  it('calls an answer with an error failed, even after a proper finish', () => {
    const state = { ...emptyAnswer, finishReason: 'stop', terminated: true, error: {} };

    expect(endingOf(state)).toBe('failed');
  });

  it.each([
    ['{"city":"Oslo"}', 'tool_calls'],
    ['', 'tool_calls'],
    ['{"city":"Os', 'length'],
    ['{"city":"Oslo"', 'length'],
    ['{"text":"a \\" }', 'length'],
  ])('tells calls that broke off from calls that are whole: %s', (argumentsText, ending) => {
    const middle = Math.floor(argumentsText.length / 2);
    const { state } = reduce(
      aCall(argumentsText.slice(0, middle)),
      aCall(argumentsText.slice(middle)),
      aChunk({ finish_reason: 'tool_calls' }),
    );

    expect(endingOf(reduceTerminator(state))).toBe(ending);
  });
});
