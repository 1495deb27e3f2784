import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Message, ToolCall } from '@openrouter-native/protocol';
import { startSimulator, type Simulator } from '@openrouter-native/simulator';
import { stringify } from 'yaml';
import {
  createChatClient,
  goOn,
  type ChatClient,
  type PlacedEvent,
} from '../../support/chat-client.ts';
import { runHost, type HostProcess } from '../../support/host-process.ts';
import { everythingEntry } from '../../support/mcp-everything.ts';
import { aReadyDirectory } from '../../support/ready-directory.ts';
import { aPassword } from '../../support/test-app.ts';
import { answerCalls, sentWith } from '../../support/upstream-calls.ts';
import { until } from '../../support/wait.ts';

jest.setTimeout(120_000); // A start takes a second or two, and much more on a busy machine.

const MODEL = 'openai/gpt-4o';
const READY = /is ready: open (http:\/\/localhost:\d+)/;
const account = { email: 'ada@example.com', password: aPassword };

interface Running {
  server: HostProcess;
  ada: ChatClient;
  /** Ends it as the power does. */
  kill(): Promise<void>;
}

/** A server on its own files, which outlive it, and one simulator for all of its lives. */
function aServer(simulator: Simulator, cwd: string) {
  let isFirst = true;
  return async function start(): Promise<Running> {
    const server = runHost('index.ts', cwd, {
      PORT: '0',
      OPENROUTER_API_KEY: simulator.keys.inference,
      OPENROUTER_BASE_URL: simulator.url,
      OPENROUTER_BACKGROUND_REFRESH: 'false',
    });
    const [, url = ''] = await server.sees(READY);
    const response = await fetch(`${url}/api/auth/${isFirst ? 'register' : 'login'}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(isFirst ? { name: 'Ada', ...account } : account),
    });
    isFirst = false;
    const { token } = (await response.json()) as { token: string };
    return {
      server,
      ada: createChatClient(url, token),
      async kill() {
        server.kill('SIGKILL');
        await server.ends();
      },
    };
  };
}

/** What a reader got, as far as it got. */
interface Seen {
  at: number;
  text: string;
}

/** Follows an answer until `isEnough`; a connection that breaks later is no failure. */
async function followUntil(
  events: AsyncIterable<PlacedEvent>,
  isEnough: (seen: readonly Seen[]) => boolean,
): Promise<Seen[]> {
  const seen: Seen[] = [];
  let text = '';
  for await (const { event } of events) {
    if (event.type !== 'text-delta') continue;
    text += event.text;
    seen.push({ at: Date.now(), text });
    if (isEnough(seen)) break;
  }
  return seen;
}

describe('a server that is killed', () => {
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await startSimulator({ tokensPerSecond: 50, firstTokenMs: 0 });
  });
  afterAll(() => simulator.close());

  it('has kept every answer that it finished, and all but the last words of the one it was giving', async () => {
    const start = aServer(simulator, await aReadyDirectory());
    const first = await start();
    const done = await first.ada.ask({ text: 'Tell me about the sea', model: MODEL });
    await first.kill(); // In the very moment in which the end was told.
    const { conversationId } = done;

    const second = await start();
    const kept = await second.ada.messages(conversationId);
    const next = await second.ada.start({
      text: 'And the moon?',
      conversationId,
      parentMessageId: done.answer.messageId,
    });
    const seen = await followUntil(
      second.ada.follow(next.streamId),
      ([begin, ...more]) => (more.at(-1)?.at ?? 0) - (begin?.at ?? 0) > 3500,
    );
    await second.kill();
    const killedAt = Date.now();

    const third = await start();
    const messages = await third.ada.messages(conversationId);
    const cut = messages[3] as Message;
    const goneOn = await third.ada.ask(goOn(cut));
    await third.kill();

    expect(kept).toHaveLength(2);
    expect(kept[1]).toEqual(done.answer);
    expect(messages).toHaveLength(4);
    expect(messages.slice(0, 2)).toEqual(kept);
    expect(messages[2]).toMatchObject({ isCreatedByUser: true, text: 'And the moon?' });
    expect(cut).toMatchObject({ ending: 'cut', unfinished: true, error: false });
    // One second is promised; a busy machine may take another one to write.
    const early = seen.findLast(({ at }) => at < killedAt - 2500)?.text ?? '';
    expect(early.length).toBeGreaterThan(10);
    expect(cut.text.startsWith(early)).toBe(true);
    expect(goneOn.answer).toMatchObject({ messageId: cut.messageId, ending: 'complete' });
    expect(goneOn.answer.text.startsWith(cut.text)).toBe(true);
    expect(goneOn.answer.text.length).toBeGreaterThan(cut.text.length);
    await until(() => answerCalls(simulator).filter(({ aborted }) => aborted).length === 1);
  });

  it('leaves a call of a tool open that it was running, and never runs it again by itself', async () => {
    const cwd = await aReadyDirectory();
    const mcpServers = { everything: everythingEntry() };
    writeFileSync(join(cwd, 'librechat.yaml'), stringify({ mcpServers }));
    const start = aServer(simulator, cwd);
    const tool = 'trigger-long-running-operation_mcp_everything';
    const first = await start();
    const agent = await first.ada.post('/agents', {
      provider: 'openrouter',
      model: MODEL,
      tools: [tool],
    });
    const { id: agent_id } = (await agent.json()) as { id: string };
    simulator.script({
      match: { path: '/chat/completions' },
      toolCalls: [{ name: tool, arguments: { duration: 30, steps: 1 } }],
    });
    const { streamId, conversationId } = await first.ada.start({ agent_id, text: 'Run it' });
    for await (const { event } of first.ada.follow(streamId)) {
      if (event.type === 'tool-call-run') break;
    }
    await until(async () => isRunning((await first.ada.messages(conversationId))[1]), 20_000);
    await first.kill();

    const second = await start();
    const cut = (await second.ada.messages(conversationId))[1] as Message;
    const goneOn = await second.ada.ask(goOn(cut));
    await second.kill();

    expect(cut).toMatchObject({ ending: 'cut', steps: [{ step: 0, ending: 'tool_calls' }] });
    expect(callsIn(cut)).toMatchObject([{ name: tool, output: null, progress: 0.5 }]);
    expect(goneOn.answer).toMatchObject({ messageId: cut.messageId, ending: 'complete' });
    expect(callsIn(goneOn.answer)).toMatchObject([
      { name: tool, output: expect.stringMatching(/interrupted/), is_error: true },
    ]);
    const sent = sentWith(answerCalls(simulator).at(-1)).messages;
    expect(sent.map(({ role }) => role)).toEqual(['user', 'assistant', 'tool']);
  });
});

/** The call stands in the database as one that runs. */
function isRunning(message: Message | undefined): boolean {
  return message !== undefined && callsIn(message)[0]?.progress === 0.5;
}

function callsIn({ content }: Message): ToolCall[] {
  return content.flatMap((part) => (part.type === 'tool_call' ? [part.tool_call] : []));
}
