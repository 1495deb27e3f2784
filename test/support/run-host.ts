import { createListedModels } from '@openrouter-native/api/agents/listed-models';
import type { RunRecord, RunRequest } from '@openrouter-native/api/runs/run';
import { createRunner, type RunnerDependencies } from '@openrouter-native/api/runs/runner';
import { AgentService } from '@openrouter-native/api/services/AgentService';
import { registerOpenRouter } from '@openrouter-native/api/services/registerOpenRouter';
import type { Tool, ToolResult } from '@openrouter-native/api/tools/tool';
import { silentLogger } from '@openrouter-native/openrouter';
import { emptyRun, reduceRun, type RunEvent, type RunState } from '@openrouter-native/protocol';
import { startPluginHost, type PluginHost, type PluginHostOptions } from './plugin-host.ts';

/** What a run came to. */
export interface PlayedRun {
  records: RunRecord[];
  events: RunEvent[];
  state: RunState;
  text: string;
  /** Of the last record. */
  finish: Extract<RunEvent, { type: 'finish' }>;
  /** What the same answer needs to go on. */
  resume: NonNullable<RunRequest['resume']>;
}

/** Runs on the real client and plugin, in front of a simulator. */
export interface RunHost extends PluginHost {
  check(run: Partial<RunRequest>): Promise<void>;
  play(run: Partial<RunRequest>, options?: PlayOptions): Promise<PlayedRun>;
  /** US dollars that the account has spent since the start. */
  spentUsd(): Promise<number>;
}

export interface PlayOptions {
  signal?: AbortSignal;
  /** Called with each record as it comes. */
  onRecord?: (record: RunRecord) => void;
}

export interface RunHostOptions extends PluginHostOptions {
  tools?: readonly Tool[];
  runner?: Partial<RunnerDependencies>;
}

export const aModel = 'openai/gpt-4o-mini';

function aRun(rest: Partial<RunRequest> = {}): RunRequest {
  return {
    userId: 'ada',
    provider: 'openrouter',
    model: aModel,
    instructions: null,
    modelParameters: {},
    tools: [],
    recursionLimit: 25,
    spendingLimitUsd: null,
    history: [{ role: 'user', content: 'How deep is the sea?' }],
    resume: null,
    ...rest,
  };
}

/** A tool of a test. */
export function aTool(
  name: string,
  run: (args: Record<string, unknown>, signal: AbortSignal) => Promise<string> | string,
): Tool {
  return {
    name,
    title: name,
    description: `Does ${name}`,
    parameters: { type: 'object', properties: { n: { type: 'number' } } },
    server: null,
    async run(args, { signal }): Promise<ToolResult> {
      return { output: await run(args, signal), isError: false };
    },
  };
}

export async function startRunHost(options: RunHostOptions = {}): Promise<RunHost> {
  const host = await startPluginHost(options);
  const agents = new AgentService();
  registerOpenRouter(agents, host.plugin);
  const tools = options.tools ?? [];
  const runner = createRunner({
    agents,
    toolbox: {
      pick: async (names) => ({
        tools: tools.filter(({ name }) => names.includes(name)),
        missing: names
          .filter((name) => tools.every((tool) => tool.name !== name))
          .map((name) => ({
            name,
            title: name,
            description: '',
            server: 'weather',
            problem: 'The server weather does not answer.',
          })),
      }),
    },
    catalogue: {
      provider: 'openrouter',
      list: async () => createListedModels(await host.plugin.models()),
    },
    unlisted: new Set(),
    fallbacks: options.client?.fallbacks ?? {},
    storeImage: async (_userId, url) => aPicture(url),
    maxRecursionLimit: 100,
    logger: silentLogger,
    now: Date.now,
    ...options.runner,
  });
  const usageUsd = async () => {
    const response = await fetch(`${host.simulator.url}/credits`, {
      headers: { Authorization: `Bearer ${host.simulator.keys.management}` },
    });
    const { data } = (await response.json()) as { data: { total_usage: number } };
    return data.total_usage;
  };
  const before = await usageUsd();

  return {
    ...host,
    check: (run) => runner.check(aRun(run), new AbortController().signal),
    async play(run, { signal = new AbortController().signal, onRecord } = {}) {
      const request = aRun(run);
      const records: RunRecord[] = [];
      for await (const record of runner.run(request, signal)) {
        records.push(record);
        onRecord?.(record);
      }
      return outcomeOf(records, request);
    },
    spentUsd: async () => Number(((await usageUsd()) - before).toFixed(12)),
  };
}

function outcomeOf(records: RunRecord[], { resume }: RunRequest): PlayedRun {
  const events = records.filter((record) => record.type !== 'reasoning-details');
  const state = events.reduce<RunState>(reduceRun, { ...emptyRun, ...resume });
  const details = new Map(resume?.steps.map((step) => [step.step, step.reasoning_details]));
  let step = 0;
  for (const record of records) {
    if (record.type === 'step-start') ({ step } = record);
    if (record.type === 'reasoning-details') details.set(step, record.details);
  }
  const finish = events.at(-1);
  if (finish?.type !== 'finish') throw new Error('A run has no end');
  return {
    records,
    events,
    state,
    text: state.content.map((part) => (part.type === 'text' ? part.text : '')).join(''),
    finish,
    resume: {
      content: state.content,
      steps: state.steps.map((one) => ({
        ...one,
        reasoning_details: details.get(one.step) ?? [],
      })),
    },
  };
}

function aPicture(url: string) {
  return {
    file_id: '00000000-0000-4000-8000-000000000001',
    filename: 'picture.png',
    type: 'image/png',
    filepath: '/api/files/00000000-0000-4000-8000-000000000001',
    bytes: url.length,
  };
}
