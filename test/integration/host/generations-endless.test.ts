import { createChatClient } from '../../support/chat-client.ts';
import { createTestApp } from '../../support/test-app.ts';
import { answerCalls, titleCalls } from '../../support/upstream-calls.ts';
import { until } from '../../support/wait.ts';

jest.setTimeout(120_000); // Megabytes are written, and more slowly on a busy machine.

const MODEL = 'openai/gpt-4o';
const TITLE_MODEL = 'openai/gpt-4o-mini';

/** An answer of so many million characters, which goes on and on: it has no end. */
function endless(millions: number) {
  const delta = { content: 'x'.repeat(500_000) };
  const event = JSON.stringify({ id: 'gen-endless', choices: [{ index: 0, delta }] });
  return { events: Array.from({ length: 2 * millions }, () => event) };
}

describe('a provider that never stops', () => {
  it('is stopped before its answer fills the memory, and what came is kept', async () => {
    const host = await createTestApp({
      environment: { OPENROUTER_TITLE_MODEL: TITLE_MODEL },
      simulator: { tokensPerSecond: Infinity },
    });
    const ada = createChatClient(host.url, (await host.signUp()).token);
    host.simulator.script({
      match: { path: '/chat/completions', model: MODEL },
      respond: endless(40),
    });
    host.simulator.script({
      match: { path: '/chat/completions', model: TITLE_MODEL },
      respond: endless(40),
    });

    const { answer, conversation } = await ada.ask({ text: 'Tell me about the sea', model: MODEL });

    expect(answer).toMatchObject({ ending: 'failed', unfinished: true });
    expect(answer.content.at(-1)).toMatchObject({
      type: 'error',
      details: { reason: 'malformed_response' },
    });
    expect(answer.text.length).toBeGreaterThan(10_000_000);
    expect(answer.text.length).toBeLessThan(17_000_000);
    expect(conversation.title).toBe('Tell me about the sea');
    await until(() => answerCalls(host.simulator)[0]?.aborted === true);
    await until(() => titleCalls(host.simulator)[0]?.aborted === true);
    await host.close();
  });
});
