import { createAnswerRoom } from './answer-room.ts';

const refusal = expect.objectContaining({ reason: 'malformed_response' });
const text = (words: string) => ({ type: 'text-delta' as const, text: words });
const thoughts = (words: string) => ({
  type: 'reasoning-details' as const,
  details: [{ type: 'reasoning.text' as const, text: words }],
});
const aStep = (step: number) => ({ type: 'step-start' as const, step });

describe('the room of an answer', () => {
  it('is used up by what comes, and by what was there before', () => {
    const fresh = createAnswerRoom([], 1000);
    const continued = createAnswerRoom([{ text: 'x'.repeat(600) }], 1000);

    fresh.take(text('x'.repeat(450)));
    fresh.take(text('x'.repeat(450)));
    expect(() => fresh.take(text('x'.repeat(450)))).toThrow(refusal);
    expect(() => continued.take(text('x'.repeat(450)))).toThrow(refusal);
  });

  it('counts thoughts once, although each of their records has them all', () => {
    const room = createAnswerRoom([], 1000);

    room.take(aStep(0));
    for (let length = 1; length <= 400; length += 1) room.take(thoughts('x'.repeat(length)));
    room.take(aStep(1));
    for (let length = 1; length <= 400; length += 1) room.take(thoughts('x'.repeat(length)));
    room.take(aStep(2));

    expect(() => room.take(thoughts('x'.repeat(400)))).toThrow(refusal);
  });
});
