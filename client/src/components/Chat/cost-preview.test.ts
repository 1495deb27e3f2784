import type { Message, Model } from '@openrouter-native/protocol';
import type { BranchMessage } from '@openrouter-native/react';
import { anAnswer } from '../../testing/messages.ts';
import { isSurelyUnpayable, previewCost, type CostPreviewInput } from './cost-preview.ts';

const model: Model = {
  id: 'a/b',
  name: 'B',
  context_length: 1000,
  pricing: { prompt: '0.000001', completion: '0.00001' },
};
const entry = (message: Message): BranchMessage => ({ message, siblings: [message.messageId] });
const usage = { prompt_tokens: 300, completion_tokens: 200 };
const step = {
  step: 0,
  generation_id: null,
  model: null,
  provider: null,
  finish_reason: null,
  ending: null,
  usage,
  trace: null,
};

function preview(fields: Partial<CostPreviewInput> = {}) {
  return previewCost({
    model,
    branch: [],
    text: 'Four words and more.',
    files: [],
    instructions: '',
    maxTokens: null,
    ...fields,
  });
}

it('begins with what the last answer was charged for', () => {
  const branch = [entry(anAnswer({ usage, steps: [step] }))];

  expect(preview({ branch, text: '' }).promptTokens).toBe(500);
  expect(preview({ branch, text: 'x'.repeat(400) }).promptTokens).toBe(605);
});

it('estimates what nobody has charged for yet', () => {
  const branch = [entry(anAnswer({ text: 'x'.repeat(400), usage: null }))];

  expect(preview({ branch, text: '' }).promptTokens).toBe(105);
  expect(preview({ text: '', instructions: 'x'.repeat(40) }).promptTokens).toBe(10);
});

it('gives a price range, from a short answer to a long one', () => {
  const { cost } = preview({ text: 'x'.repeat(380) });

  expect(cost).toEqual({ leastUsd: expect.closeTo(0.0011), mostUsd: expect.closeTo(0.0151) });
});

it('expects no more than an answer may have', () => {
  expect(preview({ text: '', maxTokens: 10 }).cost).toEqual({
    leastUsd: expect.closeTo(0.0001),
    mostUsd: expect.closeTo(0.0001),
  });
});

it('says that it does not know, and never that it costs nothing', () => {
  expect(preview({ model: undefined }).cost).toBe('unknown');
  expect(preview({ model: { ...model, pricing: { prompt: '-1', completion: '-1' } } }).cost).toBe(
    'varies',
  );
  expect(preview({ files: [{ type: 'application/pdf', bytes: 9 }] }).isMore).toBe(true);
});

it('sees what is longer than the model takes', () => {
  expect(preview({ text: 'x'.repeat(5000) }).isTooLong).toBe(true);
  expect(preview().isTooLong).toBe(false);
});

it('warns only of what surely cannot be paid', () => {
  const dear = preview({ text: 'x'.repeat(4_000_000) }); // About a dollar.

  expect(isSurelyUnpayable(dear, 0.5)).toBe(true);
  expect(isSurelyUnpayable(dear, 0.9)).toBe(false);
  expect(isSurelyUnpayable(dear, null)).toBe(false);
  expect(isSurelyUnpayable(preview({ model: undefined }), 0)).toBe(false);
  const free = { ...model, pricing: { prompt: '0', completion: '0' } };
  expect(isSurelyUnpayable(preview({ model: free }), 0)).toBe(false);
  expect(isSurelyUnpayable(preview({ model: free }), -1)).toBe(true);
});
