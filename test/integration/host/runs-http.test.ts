import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Message } from '@openrouter-native/protocol';
import { createChatClient, goOn, type ChatClient } from '../../support/chat-client.ts';
import { createTestApp, type TestApp } from '../../support/test-app.ts';
import { answerCalls } from '../../support/upstream-calls.ts';

const MODEL = 'anthropic/claude-haiku-4.5';
const TITLE_MODEL = 'nvidia/nemotron-3.5-lightning:free'; // Costs nothing beside the answers.

let host: TestApp;
let ada: ChatClient;
beforeAll(async () => {
  host = await createTestApp({
    environment: { OPENROUTER_TITLE_MODEL: TITLE_MODEL },
    prepare: (directory) =>
      writeFileSync(
        join(directory, 'librechat.yaml'),
        'endpoints: { agents: { recursionLimit: 2, maxRecursionLimit: 8 } }\n',
      ),
  });
  ada = createChatClient(host.url, (await host.signUp()).token);
});

async function anAgent(fields: object): Promise<string> {
  const agent = { provider: 'openrouter', model: MODEL, tools: ['current_datetime'], ...fields };
  const response = await ada.post('/agents', agent);
  const body = (await response.json()) as { id: string };
  if (response.status !== 201) throw new Error(JSON.stringify(body));
  return body.id;
}

/** The model calls a tool as often as this, each time in another way. @returns Takes it back. */
function loopForever(times: number): () => void {
  const rules = Array.from({ length: times }, (_, n) =>
    host.simulator.script({
      match: { model: MODEL },
      toolCalls: [
        {
          name: 'current_datetime',
          arguments: { timezone: 'UTC', note: `${n} ${'word '.repeat(50)}` },
        },
      ],
    }),
  );
  return () => rules.forEach((takeBack) => takeBack());
}

async function spentUsd(): Promise<number> {
  const response = await fetch(`${host.simulator.url}/credits`, {
    headers: { Authorization: `Bearer ${host.simulator.keys.management}` },
  });
  const { data } = (await response.json()) as { data: { total_usage: number } };
  return data.total_usage;
}

const callsIn = ({ content }: Message) =>
  content.flatMap((part) => (part.type === 'tool_call' ? [part.tool_call] : []));

describe('limits, through the door', () => {
  it('of money hold over many continuations, and none of the results is lost', async () => {
    const agentId = await anAgent({ spending_limit: 0.01, recursion_limit: 100 });
    const stop = loopForever(30);
    const before = await spentUsd();

    let { answer } = await ada.ask({ agent_id: agentId, text: 'What time is it?' });
    const limits = [0.02, 0.03];
    for (const limit of limits) {
      expect(answer.ending).toBe('budget');
      expect((await spentUsd()) - before).toBeLessThanOrEqual(answer.limit?.limit ?? 0);
      ({ answer } = await ada.ask(goOn(answer, { spending_limit: limit, recursion_limit: 100 })));
    }
    stop();

    expect((await spentUsd()) - before).toBeLessThanOrEqual(0.03);
    expect(answer.limit?.kind).toMatch(/^(spending|recursion)_limit$/);
    const steps = answer.steps ?? [];
    expect(steps.length).toBeGreaterThan(2);
    expect(steps.map(({ step }) => step)).toEqual(steps.map((_step, index) => index));
    expect(callsIn(answer)).toHaveLength(steps.length);
    expect(callsIn(answer).every(({ output }) => output !== null)).toBe(true);
  });

  it('of calls are those of librechat.yaml, up to the most that it allows', async () => {
    const agentId = await anAgent({});
    const stop = loopForever(20);

    const { answer } = await ada.ask({ agent_id: agentId, text: 'What time is it?' });
    const raised = await ada.ask(goOn(answer, { recursion_limit: 50 }));
    stop();

    expect(answer).toMatchObject({
      ending: 'budget',
      limit: { kind: 'recursion_limit', limit: 2, used: 2 },
    });
    expect(raised.answer.limit).toMatchObject({ kind: 'recursion_limit', limit: 8, used: 8 });
    expect(raised.answer.steps).toHaveLength(8);
  });

  it('that cannot be kept are told before anything is stored or sent', async () => {
    const sent = answerCalls(host.simulator).length;

    const response = await ada.post('/agents/chat/openrouter', {
      text: 'Hi',
      model: 'openrouter/auto',
      spending_limit: 1,
    });

    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      error: {
        reason: 'model_lacks_capability',
        message: expect.stringMatching(/cannot be kept to a spending limit\. These would do: /),
        metadata: { suggestions: [expect.any(String), expect.any(String), expect.any(String)] },
      },
    });
    expect(answerCalls(host.simulator)).toHaveLength(sent);
    const { conversations } = (await (await ada.get('/convos')).json()) as {
      conversations: { model: string | null }[];
    };
    expect(conversations.some(({ model }) => model === 'openrouter/auto')).toBe(false);
  });
});
