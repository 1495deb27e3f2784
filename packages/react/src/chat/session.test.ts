import { createErrorBody, type ChatEvent, type ChatRequest } from '@openrouter-native/protocol';
import { OpenRouterApiError } from '../api/error.ts';
import type { AssistantMessage } from './message.ts';
import { createChatSession } from './session.ts';

const MODEL = 'anthropic/claude-haiku-4.5';

const finished = (ending: 'complete' | 'cut' = 'complete'): ChatEvent => ({
  type: 'finish',
  ending,
  finishReason: 'stop',
  nativeFinishReason: null,
});

async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

/** An api whose answers are fed by hand, one event after the other. */
function createFedApi() {
  const requests: ChatRequest[] = [];
  const signals: AbortSignal[] = [];
  let waiting: ((step: IteratorResult<ChatEvent> | Error) => void) | undefined;
  const api = {
    async *openChat(request: ChatRequest, signal: AbortSignal): AsyncGenerator<ChatEvent, void> {
      requests.push(request);
      signals.push(signal);
      for (;;) {
        const step = await new Promise<IteratorResult<ChatEvent> | Error>((resolve) => {
          waiting = resolve;
        });
        if (step instanceof Error) throw step;
        if (step.done) return;
        yield step.value;
      }
    },
  };
  return {
    api,
    requests,
    signals,
    async feed(...events: ChatEvent[]) {
      await settle();
      for (const value of events) {
        waiting?.({ done: false, value });
        await settle();
      }
    },
    async end() {
      await settle();
      waiting?.({ done: true, value: undefined });
      await settle();
    },
    async fail(error: Error) {
      await settle();
      waiting?.(error);
      await settle();
    },
  };
}

/** Frames that are painted when the test says so. */
function createFrames() {
  let pending: (() => void) | null = null;
  return {
    schedule: (flush: () => void) => {
      pending = flush;
      return () => {
        pending = null;
      };
    },
    paint: () => {
      const flush = pending;
      pending = null;
      flush?.();
    },
  };
}

function answerOf(session: ReturnType<typeof createChatSession>): AssistantMessage {
  const last = session.getSnapshot().messages.at(-1);
  if (last?.role !== 'assistant') throw new Error('No answer');
  return last;
}

it('tells its watchers once per frame, however many pieces arrive', async () => {
  const source = createFedApi();
  const frames = createFrames();
  const session = createChatSession({ api: source.api, schedule: frames.schedule });
  session.send('Count', MODEL);
  let notices = 0;
  session.subscribe(() => (notices += 1));

  const pieces = Array.from({ length: 50 }, (_, n): ChatEvent => ({
    type: 'text-delta',
    text: `${n} `,
  }));
  await source.feed(...pieces);
  const before = notices;
  frames.paint();

  expect(before).toBe(0);
  expect(notices).toBe(1);
  expect(answerOf(session).text).toContain('49');
  session.stop();
});

it('shows the ending at once, without waiting for a frame', async () => {
  const source = createFedApi();
  const session = createChatSession({ api: source.api, schedule: createFrames().schedule });
  session.send('Hello', MODEL);

  await source.feed({ type: 'text-delta', text: 'Hi' }, finished());
  await source.end();

  expect(session.getSnapshot().status).toBe('ready');
  expect(answerOf(session)).toMatchObject({ text: 'Hi', ending: 'complete' });
});

it('keeps the identity of messages that are finished', async () => {
  const source = createFedApi();
  const frames = createFrames();
  const session = createChatSession({ api: source.api, schedule: frames.schedule });
  session.send('One', MODEL);
  await source.feed({ type: 'text-delta', text: 'First' }, finished());
  await source.end();
  const [question, answer] = session.getSnapshot().messages;

  session.send('Two', MODEL);
  await source.feed({ type: 'text-delta', text: 'Second' });
  frames.paint();

  expect(session.getSnapshot().messages[0]).toBe(question);
  expect(session.getSnapshot().messages[1]).toBe(answer);
  session.stop();
});

it('goes from waiting to streaming with the first thing to read', async () => {
  const source = createFedApi();
  const frames = createFrames();
  const session = createChatSession({ api: source.api, schedule: frames.schedule });
  session.send('Hello', MODEL);

  await source.feed({ type: 'start', generationId: 'gen-1', model: 'a', provider: 'A' });
  frames.paint();
  const first = session.getSnapshot().status;
  await source.feed({ type: 'reasoning-delta', text: 'Hm' });
  frames.paint();

  expect(first).toBe('waiting');
  expect(session.getSnapshot().status).toBe('streaming');
  session.stop();
});

it('stops at once, keeps the text, aborts the request and hears nothing of the rest', async () => {
  const source = createFedApi();
  const ended: AssistantMessage[] = [];
  const session = createChatSession({
    api: source.api,
    schedule: createFrames().schedule,
    onAnswerEnd: (answer) => ended.push(answer),
  });
  session.send('Hello', MODEL);
  await source.feed({ type: 'text-delta', text: 'Half' });

  session.stop();
  const stopped = answerOf(session);
  await source.feed({ type: 'text-delta', text: ' an answer' }, finished());

  expect(stopped).toMatchObject({ text: 'Half', ending: 'stopped', error: null });
  expect(answerOf(session)).toBe(stopped);
  expect(session.getSnapshot().status).toBe('ready');
  expect(source.signals[0]?.aborted).toBe(true);
  expect(ended).toEqual([stopped]);
});

it('turns a refusal into a failed answer that carries the error', async () => {
  const source = createFedApi();
  const session = createChatSession({ api: source.api });
  session.send('Hello', MODEL);

  await source.fail(new OpenRouterApiError(createErrorBody('insufficient_credits', 'Empty')));

  expect(answerOf(session)).toMatchObject({
    ending: 'failed',
    error: { message: 'Empty', reason: 'insufficient_credits' },
  });
});

it('asks again without the old answer, from the model chosen now', async () => {
  const source = createFedApi();
  const session = createChatSession({ api: source.api, schedule: createFrames().schedule });
  session.send('Hello', MODEL);
  await source.feed({ type: 'text-delta', text: 'Half' }, finished('cut'));
  await source.end();

  session.retry('openai/gpt-5-mini');

  expect(source.requests[1]).toEqual({
    model: 'openai/gpt-5-mini',
    messages: [{ role: 'user', content: 'Hello' }],
  });
  expect(session.getSnapshot().messages).toHaveLength(2);
  session.stop();
});

it('sends the whole conversation, partial answers included and empty ones left out', async () => {
  const source = createFedApi();
  const session = createChatSession({ api: source.api, schedule: createFrames().schedule });
  session.send('One', MODEL);
  await source.feed({ type: 'text-delta', text: 'Half' });
  session.stop();
  session.send('Two', MODEL);
  session.stop();

  session.send('Three', MODEL);

  expect(source.requests.at(-1)?.messages).toEqual([
    { role: 'user', content: 'One' },
    { role: 'assistant', content: 'Half' },
    { role: 'user', content: 'Two' },
    { role: 'user', content: 'Three' },
  ]);
  session.stop();
});

it('takes no second question while it answers, and none that is blank', () => {
  const source = createFedApi();
  const session = createChatSession({ api: source.api });

  session.send('  \n', MODEL);
  session.send('One', MODEL);
  session.send('Two', MODEL);

  expect(session.getSnapshot().messages).toHaveLength(2);
  session.stop();
});

it('forgets everything when cleared in mid-answer', async () => {
  const source = createFedApi();
  const session = createChatSession({ api: source.api, schedule: createFrames().schedule });
  session.send('One', MODEL);

  session.clear();
  await source.feed({ type: 'text-delta', text: 'late' }, finished());

  expect(session.getSnapshot()).toEqual({ messages: [], status: 'ready' });
});
