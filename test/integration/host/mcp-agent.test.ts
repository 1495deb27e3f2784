import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Message } from '@openrouter-native/protocol';
import { stringify } from 'yaml';
import { createChatClient, type ChatClient } from '../../support/chat-client.ts';
import { everythingEntry, startEverything, type EverythingServer } from '../../support/mcp-everything.ts'; // prettier-ignore
import { createTestApp, type TestApp } from '../../support/test-app.ts';
import { answerCalls, sentWith } from '../../support/upstream-calls.ts';

jest.setTimeout(60_000); // Processes start in a second, and slower on a busy machine.

const MODEL = 'openai/gpt-4o';
const TITLE_MODEL = 'openai/gpt-4o-mini';

const callsIn = ({ content }: Message) =>
  content.flatMap((part) => (part.type === 'tool_call' ? [part.tool_call] : []));

describe('an agent with tools of MCP servers', () => {
  let remote: EverythingServer;
  let host: TestApp;
  let ada: ChatClient;
  beforeAll(async () => {
    remote = await startEverything('streamableHttp');
    const mcpServers = {
      local: everythingEntry(),
      remote: { type: 'streamable-http', url: remote.url },
      away: { command: 'no-such-command-here' },
    };
    host = await createTestApp({
      environment: { OPENROUTER_TITLE_MODEL: TITLE_MODEL },
      prepare: (directory) =>
        writeFileSync(join(directory, 'librechat.yaml'), stringify({ mcpServers })),
    });
    ada = createChatClient(host.url, (await host.signUp()).token);
  });

  async function anAgent(...tools: string[]): Promise<string> {
    const agent = { provider: 'openrouter', model: MODEL, name: 'Clerk', tools };
    const response = await ada.post('/agents', agent);
    const body = (await response.json()) as { id: string };
    if (response.status !== 201) throw new Error(JSON.stringify(body));
    return body.id;
  }

  function theModelCalls(...toolCalls: { name: string; arguments: object }[]): void {
    host.simulator.script({ match: { path: '/chat/completions', model: MODEL }, toolCalls });
  }

  it('has several of them called, on several servers, and answers', async () => {
    const agent_id = await anAgent('get-sum_mcp_local', 'echo_mcp_remote', 'calculator');
    theModelCalls(
      { name: 'get-sum_mcp_local', arguments: { a: 20, b: 22 } },
      { name: 'echo_mcp_remote', arguments: { message: 'from afar' } },
      { name: 'calculator', arguments: { expression: '6 * 7' } },
    );

    const { answer, conversationId } = await ada.ask({ agent_id, text: 'What is it?' });

    expect(answer).toMatchObject({ ending: 'complete', steps: [{ step: 0 }, { step: 1 }] });
    expect(callsIn(answer).map(({ name, output, is_error }) => [name, output, is_error])).toEqual([
      ['get-sum_mcp_local', 'The sum of 20 and 22 is 42.', false],
      ['echo_mcp_remote', 'Echo: from afar', false],
      ['calculator', '42', false],
    ]);
    expect((await ada.messages(conversationId))[1]).toEqual(answer);
    const { tools } = sentWith(answerCalls(host.simulator).at(-1)) as { tools?: { function: { name: string } }[] }; // prettier-ignore
    expect(tools?.map((tool) => tool.function.name)).toEqual([
      'get-sum_mcp_local',
      'echo_mcp_remote',
      'calculator',
    ]);
  });

  it('goes on when a server ends in the middle of a call', async () => {
    const agent_id = await anAgent('trigger-long-running-operation_mcp_remote');
    theModelCalls({
      name: 'trigger-long-running-operation_mcp_remote',
      arguments: { duration: 600, steps: 1 },
    });
    const started = await ada.start({ agent_id, text: 'Take your time.' });
    for await (const { event } of ada.follow(started.streamId)) {
      if (event.type === 'tool-call-run') setTimeout(() => void remote.kill(), 300);
    }

    const [, answer] = await ada.messages(started.conversationId);

    expect(answer).toMatchObject({ ending: 'complete' });
    expect(callsIn(answer as Message)).toEqual([
      expect.objectContaining({
        output: expect.stringContaining('went away during the call'),
        is_error: true,
      }),
    ]);
    remote = await startEverything('streamableHttp', remote.port);
  });

  it('can be saved and asked while one of its servers is away', async () => {
    const agent_id = await anAgent('anything_mcp_away', 'echo_mcp_local');
    theModelCalls({ name: 'echo_mcp_local', arguments: { message: 'still here' } });

    const { answer } = await ada.ask({ agent_id, text: 'Who is there?' });

    expect(answer.ending).toBe('complete');
    expect(callsIn(answer)).toMatchObject([{ output: 'Echo: still here' }]);
  });

  it('stops with its tools', async () => {
    const agent_id = await anAgent('trigger-long-running-operation_mcp_local');
    theModelCalls({
      name: 'trigger-long-running-operation_mcp_local',
      arguments: { duration: 600, steps: 1 },
    });
    const { streamId, conversationId } = await ada.start({ agent_id, text: 'Take your time.' });
    for await (const { event } of ada.follow(streamId)) {
      if (event.type === 'tool-call-run') await ada.post('/agents/chat/abort', { streamId });
    }

    const [, answer] = await ada.messages(conversationId);

    expect(answer).toMatchObject({ ending: 'stopped' });
  });
});
