import fc from 'fast-check';
import type { ReasoningDetail } from '../upstream/chat.ts';
import { mergeReasoningDetails } from './reasoning-details.ts';

const claude = 'anthropic-claude-v1';
const openai = 'openai-responses-v1';
const text = (words: string, rest: object = {}): ReasoningDetail => ({
  type: 'reasoning.text',
  text: words,
  ...rest,
});
const summary = (words: string, rest: object = {}): ReasoningDetail => ({
  type: 'reasoning.summary',
  summary: words,
  ...rest,
});
const secret = (data: string, rest: object = {}): ReasoningDetail => ({
  type: 'reasoning.encrypted',
  data,
  ...rest,
});

/** Merges chunk after chunk. */
const merge = (...chunks: ReasoningDetail[][]): ReasoningDetail[] =>
  chunks.reduce<ReasoningDetail[]>(mergeReasoningDetails, []);

describe('mergeReasoningDetails', () => {
  it('joins the pieces of one index, and keeps the signature that comes without text', () => {
    const merged = merge(
      [text('Let', { format: claude, index: 0 })],
      [text(' me see.', { format: claude, index: 0 })],
      [{ type: 'reasoning.text', signature: 'c2ln', format: claude, index: 0 }],
    );

    expect(merged).toEqual([text('Let me see.', { format: claude, index: 0, signature: 'c2ln' })]);
  });

  it('keeps the order of first appearance, with indices in turns', () => {
    const merged = merge(
      [text('a', { index: 1 }), text('x', { index: 0 })],
      [text('b', { index: 1 })],
      [text('y', { index: 0 })],
    );

    expect(merged).toEqual([text('ab', { index: 1 }), text('xy', { index: 0 })]);
  });

  it('keeps a summary apart from the encrypted block of the same index', () => {
    const merged = merge(
      [summary('I', { index: 0, format: openai })],
      [secret('AAAA', { index: 0, format: openai, id: 'rs_1' })],
      [summary(' think', { index: 0, format: openai })],
    );

    expect(merged).toEqual([
      summary('I think', { index: 0, format: openai }),
      secret('AAAA', { index: 0, format: openai, id: 'rs_1' }),
    ]);
  });

  it.each([
    ['of two ids at one index', { index: 0, id: 'call_1' }, { index: 0, id: 'call_2' }],
    ['at two indices', { index: 0 }, { index: 1 }],
    ['without an index', {}, {}],
    ['without an index, under one id', { id: 'rs_1' }, { id: 'rs_1' }],
  ])('keeps encrypted blocks apart %s', (_name, one, other) => {
    const blocks = [secret('AAAA', one), secret('BBBB', other)];

    expect(merge(blocks)).toEqual(blocks);
    expect(merge([secret('AAAA', one)], [secret('BBBB', other)])).toEqual(blocks);
  });

  it('joins an encrypted block that comes in pieces', () => {
    const merged = merge([secret('AA', { index: 2, id: 'rs_1' })], [secret('BB', { index: 2 })]);

    expect(merged).toEqual([secret('AABB', { index: 2, id: 'rs_1' })]);
  });

  it('takes an encrypted block that comes again for the same one', () => {
    const block = secret('AAAA', { index: 0, id: 'rs_1' });

    expect(merge([block], [block])).toEqual([block]);
  });

  it('lets a piece without an index go on with the last block', () => {
    const merged = merge(
      [text('a', { index: 0 })],
      [text('b')],
      [{ type: 'reasoning.text', signature: 'c2ln' }],
    );

    expect(merged).toEqual([text('ab', { index: 0, signature: 'c2ln' })]);
  });

  it('begins a block after a signature, without an index', () => {
    const merged = merge(
      [text('a', { signature: 'one' })],
      [text('b')],
      [text('c', { signature: 'two' })],
    );

    expect(merged).toEqual([text('a', { signature: 'one' }), text('bc', { signature: 'two' })]);
  });

  it('begins a block after a signature of Anthropic, even at the same index', () => {
    const at = { index: 0, format: claude };

    expect(
      merge([text('a', { ...at, signature: 'one' })], [text('b', { ...at, signature: 'two' })]),
    ).toEqual([text('a', { ...at, signature: 'one' }), text('b', { ...at, signature: 'two' })]);
  });

  it('keeps the last signature of those who sign every piece', () => {
    const at = { index: 0, format: 'google-gemini-v1' };
    const merged = merge(
      [text('a', { ...at, signature: 'one' })],
      [text('b', { ...at, signature: 'two' })],
    );

    expect(merged).toEqual([text('ab', { ...at, signature: 'two' })]);
  });

  it('does not let an empty signature or null take the place of what came', () => {
    const merged = merge(
      [text('a', { index: 0, signature: null, id: null, format: null })],
      [text('b', { index: 0, signature: 'c2ln', id: 'r_1', format: claude })],
      [{ type: 'reasoning.text', text: null, index: 0, signature: '', id: null, format: null }],
    );

    expect(merged).toEqual([
      text('ab', { index: 0, signature: 'c2ln', id: 'r_1', format: claude }),
    ]);
  });

  it('starts another block where the type, the id or the format is another', () => {
    const blocks = [
      text('a', { format: claude }),
      summary('b', { format: claude }),
      summary('c', { format: openai }),
      summary('d', { format: openai, id: 'rs_1' }),
    ];
    const other = summary('e', { format: openai, id: 'rs_2' });

    expect(merge([...blocks, other])).toEqual([
      ...blocks.slice(0, 2),
      summary('cd', { format: openai, id: 'rs_1' }),
      other,
    ]);
  });

  it('joins nothing of types that come whole', () => {
    const call = { type: 'reasoning.server_tool_call', tool_name: 'x', index: 0 };
    const unknown = { type: 'reasoning.new', text: 'a', index: 0 };

    expect(merge([call, unknown], [call, unknown])).toEqual([call, unknown, call, unknown]);
  });

  it('hands on the very objects that came whole, fields that nobody knows and all', () => {
    const detail = { zeta: [1.0, { b: null }], type: 'reasoning.text', text: 'a', index: 0 };

    const [kept] = merge([detail]);

    expect(kept).toBe(detail);
    expect(merge([detail], [text('b', { index: 0, zeta: 2, eta: 3 })])).toEqual([
      { ...detail, text: 'ab', eta: 3 },
    ]);
  });

  it('changes nothing that it was given', () => {
    const before = Object.freeze([Object.freeze(text('a', { index: 0 }))]);

    expect(mergeReasoningDetails(before, [text('b', { index: 0 })])).toHaveLength(1);
    expect(before).toEqual([text('a', { index: 0 })]);
  });

  it('makes the blocks that were cut into pieces, however they were cut', () => {
    const block = fc.record(
      {
        type: fc.constantFrom('reasoning.text', 'reasoning.summary', 'reasoning.encrypted'),
        words: fc.string({ minLength: 1, unit: 'binary', maxLength: 30 }),
        signature: fc.base64String({ minLength: 4, maxLength: 40 }),
        id: fc.option(fc.uuid()),
      },
      { noNullPrototype: true },
    );
    const fields = { 'reasoning.text': 'text', 'reasoning.summary': 'summary' };
    fc.assert(
      fc.property(
        fc.array(block, { maxLength: 4 }),
        fc.infiniteStream(fc.nat({ max: 7 })),
        (blocks, sizes) => {
          const whole = blocks.map(({ type, words, signature, id }, index): ReasoningDetail => {
            const field = fields[type as keyof typeof fields] ?? 'data';
            const signed = type === 'reasoning.text' ? { signature } : {};
            return { type, index, id, format: claude, [field]: words, ...signed };
          });
          const chunks = whole.flatMap((detail) => {
            const field = fields[detail.type as keyof typeof fields] ?? 'data';
            const { type, signature, [field]: words, ...rest } = detail;
            const head = { type, ...rest };
            const pieces: ReasoningDetail[][] = [];
            let left = String(words);
            while (left !== '') {
              const size = 1 + (sizes.next().value ?? 0);
              pieces.push([{ ...head, [field]: left.slice(0, size) }]);
              left = left.slice(size);
            }
            return signature === undefined ? pieces : [...pieces, [{ ...head, signature }]];
          });

          expect(merge(...chunks)).toEqual(whole);
        },
      ),
    );
  });
});
