import { createChatsApi, type Thread } from '@openrouter-native/react';
import { startHost, type TestHost } from '../testing/host.ts';
import { createTestChat, type TestChat } from './test-chat.ts';

const ID = '00000000-0000-4000-8000-000000000001';
const draft = { text: 'Hello?', files: [] };
const agent = { agent_id: 'agent_1' };

let host: TestHost;
let chat: TestChat;

afterEach(async () => {
  chat.close();
  await host.close();
});

async function open(started: () => Promise<void> = async () => {}) {
  host = await startHost({
    'POST /api/agents/chat': async () => {
      await started();
      return { body: { streamId: 's1', conversationId: ID, status: 'started' } };
    },
    'POST /api/convos/archive': () => ({ body: {} }),
    [`DELETE /api/convos/${ID}`]: () => ({ body: {} }),
  });
  chat = createTestChat({
    api: createChatsApi({ baseUrl: `${host.origin}/api` }),
    onAnswerEnd: () => undefined,
  });
}

const routes = () => host.requests.map(({ route }) => route);

/** Something that happens once. */
function createSignal(): { raise: () => void; raised: Promise<void> } {
  let resolveRaised: (() => void) | undefined;
  const raised = new Promise<void>((resolve) => {
    resolveRaised = resolve;
  });
  return { raise: () => resolveRaised?.(), raised };
}

/** Polls, for what the chat does by itself is told by nobody. */
async function asked(route: string): Promise<void> {
  while (!routes().includes(route)) await new Promise((resolve) => setTimeout(resolve, 5));
}

it('keeps a test out of the conversations as soon as it exists', async () => {
  await open();

  chat.thread().send(draft, agent);
  await asked('POST /api/convos/archive');

  const archived = host.requests.find(({ route }) => route === 'POST /api/convos/archive');
  expect(archived?.body).toEqual({ arg: { conversationId: ID, isArchived: true } });
});

it('has the server forget a test when another one begins', async () => {
  await open();
  const before = chat.thread();
  const told: Thread[] = [];
  chat.subscribe(() => told.push(chat.thread()));
  before.send(draft, agent);
  await asked('POST /api/convos/archive');

  chat.restart();
  await asked(`DELETE /api/convos/${ID}`);

  expect(told).toEqual([chat.thread()]);
  expect(chat.thread()).not.toBe(before);
  expect(chat.thread().getSnapshot()).toMatchObject({ branch: [], status: 'ready' });
});

it('forgets a test as well that began only after the page was left', async () => {
  const { raise, raised } = createSignal();
  await open(() => raised);
  chat.thread().send(draft, agent);
  await asked('POST /api/agents/chat');

  chat.close();
  raise();
  await asked(`DELETE /api/convos/${ID}`);

  expect(routes()).not.toContain('POST /api/convos/archive');
});

it('asks the server for nothing when nothing was tried', async () => {
  await open();

  chat.thread();
  chat.restart();
  chat.close();

  expect(routes()).toEqual([]);
});
