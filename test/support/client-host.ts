import { PassThrough } from 'node:stream';
import { createdAppTokenSchema } from '@openrouter-native/protocol';
import type { RecordedRequest, ScriptRule } from '@openrouter-native/simulator';
import { watchOutwardConnections } from './outward-connections.ts';
import { signIn } from './signed-in.ts';
import { createTestApp, type TestApp, type TestAppOptions } from './test-app.ts';

/** The whole host, as a program that somebody else wrote meets it. */
export interface ClientHost extends TestApp {
  /** What clients take as their base URL. */
  baseURL: string;
  /** What they take as their API key. */
  apiKey: string;
  /** Bends chat requests until the end of the test. */
  bend(rule: Omit<ScriptRule, 'match'>): void;
  /** Asks once for each way in which upstream refuses, all at once: some are tried again for a while. */
  refuse(ask: (model: string) => Promise<unknown>): Promise<Refusal[]>;
  /** Lets the test write the next answer, payload by payload. */
  step(): PassThrough;
  /** The chat request that reached upstream last. */
  lastCall(): RecordedRequest | undefined;
  /** Whom the client tried to reach beside this server. */
  strangers(): string[];
}

/** What a client made of a refusal. */
interface Refusal {
  status: (typeof refusals)[number][0];
  /** What upstream said. */
  words: string;
  /** What the client threw; `undefined` when it did not. */
  error: unknown;
}

/** What clients tell apart by class. */
const refusals = [
  [400, 'x/y is not a valid model ID'],
  [401, 'User not found.'],
  [402, 'Insufficient credits.'],
  [403, 'Flagged by moderation'],
  [404, 'No endpoints found for x/y.'],
  [429, 'Rate limit exceeded'],
  [500, 'Internal Server Error'],
  [502, 'Provider is down'],
  [503, 'Overloaded'],
] as const;

/** Has the shape of one of our tokens, and is none. */
export const aWrongToken = `orn-${'A'.repeat(43)}`;

export const aModel = 'openai/gpt-4o-mini';
/** Thinks before it answers. */
export const aThinkingModel = 'openai/gpt-5-mini';

const opened: (() => void)[] = [];
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of opened.splice(0)) close();
});
afterAll(() => {
  for (const close of closing.splice(0)) close();
});

/** Starts a host with one person, and an app token of theirs for the clients. */
export async function startClientHost(options?: TestAppOptions): Promise<ClientHost> {
  const app = await createTestApp(options);
  const outward = watchOutwardConnections();
  closing.push(() => outward.stop());
  const person = await signIn(app);
  const asked = { name: 'A client', scopes: ['models', 'credits', 'chat'] };
  const { body } = await person.send('post', '/api/tokens', asked);
  const match = { path: '/chat/completions' };
  const bend = (rule: ScriptRule) => {
    opened.push(app.simulator.script({ match, times: Infinity, ...rule }));
  };
  return {
    ...app,
    baseURL: `${app.url}/api/openrouter`,
    apiKey: createdAppTokenSchema.parse(body).token,
    bend,
    refuse: (ask) =>
      Promise.all(
        refusals.map(async ([status, words]): Promise<Refusal> => {
          const model = `refused/${status}`;
          const error = { code: status, message: words };
          bend({ match: { ...match, model }, respond: { status, body: { error } } });
          const thrown = await ask(model).then(
            () => undefined,
            (reason: unknown) => reason,
          );
          return { status, words, error: thrown };
        }),
      ),
    step() {
      const events = new PassThrough({ objectMode: true });
      opened.push(() => events.destroy());
      bend({ times: 1, respond: { events } });
      return events;
    },
    lastCall: () => app.simulator.requests.findLast(({ path }) => path.endsWith(match.path)),
    strangers: () => [...outward.hosts],
  };
}

/** One chunk of a stream as OpenRouter sends it, as JSON text. */
export function aChunk(delta: object, rest: { finish_reason?: string; error?: object } = {}) {
  const { finish_reason: finishReason = null, ...fields } = rest;
  return JSON.stringify({
    id: 'gen-1790000000-client',
    object: 'chat.completion.chunk',
    created: 1_790_000_000,
    model: aModel,
    provider: 'OpenAI',
    ...fields,
    choices: [{ index: 0, delta: { role: 'assistant', ...delta }, finish_reason: finishReason }],
  });
}

/** The end of a stream that has gone well. */
export const theEnd = [aChunk({ content: '' }, { finish_reason: 'stop' }), '[DONE]'];

/** The last chunk of an answer that fails. */
export const aFailure = aChunk(
  { content: '' },
  { finish_reason: 'error', error: { code: 502, message: 'The provider is gone' } },
);
