import type { Simulator } from '@openrouter-native/simulator';
import { aStream } from '../../support/wire-upstream.ts';

/** Asked for in these tests. */
export const MODEL = 'openai/gpt-4o';

/** A chat request as JSON text. */
export function aQuestion(fields: object): string {
  return JSON.stringify({ model: MODEL, messages: [{ role: 'user', content: 'Hi' }], ...fields });
}

/**
 * Makes the simulator's next answer come event by event: one for each word, and three more.
 *
 * @returns When each was sent so far, by `performance.now`.
 */
export function paceNextAnswer(simulator: Simulator, words: number, pauseMs: number): number[] {
  const sentAt: number[] = [];
  async function* events() {
    const texts = Array.from({ length: words }, (_, index) => `word ${index} `);
    for (const payload of aStream(MODEL, ...texts)) {
      if (sentAt.length > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
      sentAt.push(performance.now());
      yield payload;
    }
  }
  const match = { path: '/chat/completions', model: MODEL };
  simulator.script({ match, respond: { events: events() } });
  return sentAt;
}
