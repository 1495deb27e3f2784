import type { ChatEvent } from '@openrouter-native/protocol';
import { createThoughtClock } from './thoughts.ts';

const thought: ChatEvent = { type: 'reasoning-delta', text: 'Hm' };
const word: ChatEvent = { type: 'text-delta', text: 'So' };
const details: ChatEvent = { type: 'reasoning-details', details: [] };

function play(...moments: [number, ChatEvent][]) {
  let at = 0;
  const clock = createThoughtClock(() => at);
  const ends = moments.flatMap(([ms, event]) => {
    at = ms;
    return clock.read(event).map(({ durationMs }) => durationMs);
  });
  return { ends, rest: clock.end().map(({ durationMs }) => durationMs) };
}

it('measures from the first thought to what comes after the last', () => {
  expect(play([100, thought], [250, thought], [260, details], [400, word], [900, word])).toEqual({
    ends: [300],
    rest: [],
  });
});

it('measures thoughts between words apart', () => {
  expect(play([0, thought], [10, word], [30, thought], [100, word]).ends).toEqual([10, 70]);
});

it('ends what nothing followed', () => {
  expect(play([0, thought], [10, thought])).toEqual({ ends: [], rest: [10] });
  expect(play([0, word])).toEqual({ ends: [], rest: [] });
});

it('takes no time from a clock that was put back', () => {
  expect(play([1000, thought], [10, word]).ends).toEqual([0]);
});
