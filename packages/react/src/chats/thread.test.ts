import type { GenerationEvent } from '@openrouter-native/protocol';
import { createSignal } from '../testing/async.ts';
import { aConversation, anAnswer, aQuestion } from '../testing/chats.ts';
import { json, startHost, startStream, type Answer, type TestHost } from '../testing/host.ts';
import { createChatsApi } from './api.ts';
import { createThread, type Thread, type ThreadOptions, type ThreadSnapshot } from './thread.ts';

let host: TestHost;
let thread: Thread;

afterEach(async () => {
  thread.close();
  await host.close();
});

const started = json(200, { streamId: 's1', conversationId: 'c1', status: 'started' });
const settings = { model: 'a/b' };
const draft = { text: 'Why?', files: [] };

async function openThread(
  answers: Record<string, Answer>,
  options: Partial<ThreadOptions> = {},
): Promise<Thread> {
  host = await startHost(answers);
  thread = createThread({
    api: createChatsApi({ baseUrl: host.baseUrl }),
    conversationId: null,
    schedule: (flush) => {
      queueMicrotask(flush);
      return () => undefined;
    },
    wait: async () => undefined,
    randomId: () => 'q1',
    ...options,
  });
  return thread;
}

/** The first snapshot for which `holds` is true. */
function reaches(holds: (snapshot: ThreadSnapshot) => boolean): Promise<ThreadSnapshot> {
  return new Promise((resolve) => {
    const look = () => {
      const snapshot = thread.getSnapshot();
      if (!holds(snapshot)) return;
      unsubscribe();
      resolve(snapshot);
    };
    const unsubscribe = thread.subscribe(look);
    look();
  });
}

const isReady = ({ status }: ThreadSnapshot) => status === 'ready';
const textsOf = ({ branch }: ThreadSnapshot) => branch.map(({ message }) => message.text);

function send(response: Parameters<Answer>[0], id: number, event: GenerationEvent): void {
  response.write(`id: ${id}\ndata: ${JSON.stringify(event)}\n\n`);
}

const created: GenerationEvent = {
  type: 'created',
  conversation: aConversation(),
  requestMessage: aQuestion(),
  responseMessage: anAnswer({ ending: null }),
};
const firstStep: GenerationEvent = { type: 'step-start', step: 0 };
const words = (text: string): GenerationEvent => ({ type: 'text-delta', text });
const final = (text: string): GenerationEvent => ({
  type: 'final',
  conversation: aConversation({ title: 'Reasons' }),
  responseMessage: anAnswer({ text }),
});

/** Sends the events with their numbers, then ends the connection. */
function streamOf(first: number, ...events: GenerationEvent[]): Answer {
  return (response) => {
    startStream(response);
    events.forEach((event, index) => send(response, first + index, event));
    response.end();
  };
}

it('asks, shows the question at once, and the answer as it comes', async () => {
  const asked = createSignal();
  const ends = createSignal();
  await openThread({
    'POST /agents/chat/openrouter': async (response, request) => {
      await asked.raised;
      await started(response, request);
    },
    'GET /agents/chat/stream/s1': async (response) => {
      startStream(response);
      [created, firstStep, words('Be'), words('cause')].forEach((event, index) =>
        send(response, index + 1, event),
      );
      await ends.raised;
      send(response, 5, final('Because.'));
      response.end();
    },
  });

  thread.send(draft, settings);
  expect(textsOf(thread.getSnapshot())).toEqual(['Why?']);
  expect(thread.getSnapshot().status).toBe('starting');
  asked.raise();
  const half = await reaches((snapshot) => textsOf(snapshot)[1] === 'Because');
  ends.raise();
  const whole = await reaches(isReady);

  expect(half).toMatchObject({ status: 'answering', answeringId: 'a1' });
  expect(half.branch[1]?.message.ending).toBeNull();
  expect(textsOf(whole)).toEqual(['Why?', 'Because.']);
  expect(whole).toMatchObject({ answeringId: null, conversation: { title: 'Reasons' } });
  expect(host.requests[0]?.body).toMatchObject({ text: 'Why?', model: 'a/b', messageId: 'q1' });
});

it('goes on where it was when the connection breaks', async () => {
  const lastIds: (string | undefined)[] = [];
  const pieces = [[created, firstStep, words('Be')], [words('cause')], [final('Because.')]];
  let sent = 0;
  await openThread({
    'POST /agents/chat/openrouter': started,
    'GET /agents/chat/stream/s1': (response, request) => {
      lastIds.push(request.headers['last-event-id'] as string | undefined);
      const events = pieces[lastIds.length - 1] ?? [];
      startStream(response);
      for (const event of events) send(response, (sent += 1), event);
      if (lastIds.length === 3) response.end();
      else setTimeout(() => response.destroy(), 5);
    },
  });

  thread.send(draft, settings);
  const snapshot = await reaches(isReady);

  expect(textsOf(snapshot)).toEqual(['Why?', 'Because.']);
  expect(lastIds).toEqual(['0', '3', '4']);
  expect(host.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
});

it('finds a running answer again after a reload', async () => {
  await openThread(
    {
      'GET /convos/c1': json(200, aConversation()),
      'GET /messages/c1': json(200, [aQuestion(), anAnswer({ ending: null, text: 'B' })]),
      'GET /agents/chat/status/c1': json(200, {
        active: true,
        streamId: 's1',
        responseMessageId: 'a1',
      }),
      'GET /agents/chat/stream/s1': streamOf(
        7,
        {
          type: 'snapshot',
          conversation: aConversation(),
          requestMessage: aQuestion(),
          responseMessage: anAnswer({
            ending: null,
            text: 'Beca',
            steps: [
              {
                step: 0,
                generation_id: null,
                model: null,
                provider: null,
                finish_reason: null,
                ending: null,
                usage: null,
                trace: null,
              },
            ],
          }),
        },
        words('use'),
        final('Because'),
      ),
    },
    { conversationId: 'c1' },
  );

  await reaches(({ status }) => status === 'answering');
  const whole = await reaches(isReady);

  expect(textsOf(whole)).toEqual(['Why?', 'Because']);
  expect(host.requests.map(({ path }) => path)).toContain('/agents/chat/stream/s1?resume=true');
});

it('reads what was stored when the server has forgotten the stream', async () => {
  let reads = 0;
  await openThread(
    {
      'GET /convos/c1': json(200, aConversation()),
      'GET /messages/c1': (response, request) => {
        reads += 1;
        const ending = reads === 1 ? null : 'cut';
        return json(200, [aQuestion(), anAnswer({ ending, text: 'Be' })])(response, request);
      },
      'GET /agents/chat/status/c1': json(200, {
        active: true,
        streamId: 's1',
        responseMessageId: 'a1',
      }),
    },
    { conversationId: 'c1' },
  );

  const snapshot = await reaches(
    ({ branch, status }) => status === 'ready' && branch[1]?.message.ending === 'cut',
  );

  expect(snapshot).toMatchObject({ answeringId: null, failure: null });
});

it('reads what was stored when the stream is over without an end', async () => {
  let streams = 0;
  await openThread({
    'POST /agents/chat/openrouter': started,
    'GET /agents/chat/stream/s1': (response, request) => {
      streams += 1;
      if (streams === 1) return streamOf(1, created, firstStep, words('Be'))(response, request);
      response.writeHead(204).end();
    },
    'GET /convos/c1': json(200, aConversation()),
    'GET /messages/c1': json(200, [aQuestion(), anAnswer({ ending: 'cut', text: 'Beca' })]),
  });

  thread.send(draft, settings);
  const snapshot = await reaches(
    ({ branch, status }) => status === 'ready' && branch[1]?.message.ending === 'cut',
  );

  expect(textsOf(snapshot)).toEqual(['Why?', 'Beca']);
  expect(streams).toBe(2);
});

it('gives a question back that did not reach the server', async () => {
  await openThread({
    'POST /agents/chat/openrouter': json(429, {
      error: {
        message: 'Two answers are running.',
        type: 'rate_limit_error',
        code: 429,
        reason: 'too_many_generations',
        retryable: true,
        retry_after: null,
        action: 'Wait.',
        request_id: null,
        metadata: {},
      },
    }),
  });

  thread.send(draft, settings);
  const snapshot = await reaches(({ failure }) => failure !== null);

  expect(snapshot).toMatchObject({
    status: 'ready',
    branch: [],
    unsent: { text: 'Why?' },
    failure: { reason: 'too_many_generations' },
  });
});

it('shows nothing more once it was stopped, and then what was stored', async () => {
  const stopped = createSignal();
  await openThread({
    'POST /agents/chat/openrouter': started,
    'POST /agents/chat/abort': (response, request) => {
      stopped.raise();
      return json(200, {})(response, request);
    },
    'GET /agents/chat/stream/s1': async (response) => {
      startStream(response);
      [created, firstStep, words('Be')].forEach((event, index) => send(response, index + 1, event));
      await stopped.raised;
      send(response, 4, words(' too late'));
      send(response, 5, {
        type: 'final',
        conversation: aConversation(),
        responseMessage: anAnswer({ text: 'Be', ending: 'stopped' }),
      });
      response.end();
    },
  });
  const seen: string[] = [];
  thread.send(draft, settings);
  await reaches((snapshot) => textsOf(snapshot)[1] === 'Be');
  thread.subscribe(() => seen.push(textsOf(thread.getSnapshot())[1] ?? ''));

  thread.stop();
  expect(thread.getSnapshot().status).toBe('stopping');
  const snapshot = await reaches(isReady);

  expect(new Set(seen)).toEqual(new Set(['Be']));
  expect(snapshot.branch[1]?.message.ending).toBe('stopped');
});

it('shows the branch that was chosen, and asks on it', async () => {
  await openThread(
    {
      'GET /convos/c1': json(200, aConversation()),
      'GET /messages/c1': json(200, [
        aQuestion(),
        anAnswer({ text: 'One' }),
        anAnswer({ messageId: 'a2', text: 'Two' }),
      ]),
      'POST /agents/chat/openrouter': json(500, {}),
    },
    { conversationId: 'c1', randomId: () => 'q2' },
  );
  await reaches(isReady);
  expect(textsOf(thread.getSnapshot())).toEqual(['Why?', 'Two']);

  thread.choose('a1');
  const chosen = thread.getSnapshot();
  thread.send(draft, settings);
  await reaches(({ failure }) => failure !== null);

  expect(textsOf(chosen)).toEqual(['Why?', 'One']);
  expect(chosen.branch[1]?.siblings).toEqual(['a1', 'a2']);
  expect(host.requests.at(-1)?.body).toMatchObject({ parentMessageId: 'a1', messageId: 'q2' });
});
