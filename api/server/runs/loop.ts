import { isDeepStrictEqual } from 'node:util';
import {
  createErrorBody,
  type AssembledCall,
  type ChatMessage,
  type ChatRequest,
  type RunEvent,
  type RunLimit,
  type Usage,
} from '@openrouter-native/protocol';
import type { AgentService } from '../services/AgentService.ts';
import type { MissingTool, Tool } from '../tools/tool.ts';
import { createAnswer, type Answer } from './answer.ts';
import type { Budget, PlannedStep, StepPlan } from './budget/budget.ts';
import { answerMessages } from './history/answer-messages.ts';
import { interruptedCalls } from './interrupted.ts';
import { recursionLimit, repeatedCall } from './limits.ts';
import { countCall, MAX_REPETITIONS, noRepetition, type Repetition } from './repetition.ts';
import { stepRequest } from './request.ts';
import type { RunRecord, RunRequest } from './run.ts';
import { runTools } from './run-tools.ts';
import { takeStep, type StepOptions, type StepOutcome } from './step.ts';
import type { CountedPrompt } from './token-bounds.ts';

export type Finish = Extract<RunEvent, { type: 'finish' }>;

export interface LoopOptions {
  run: RunRequest;
  agents: Pick<AgentService, 'run'>;
  tools: readonly Tool[];
  missing: readonly MissingTool[];
  /** `null` = money is not limited. */
  budget: Budget | null;
  storeImage: StepOptions['storeImage'];
  /** Begins the ids of calls that come without one; never the same twice. */
  newIdPrefix: () => string;
  signal: AbortSignal;
  /** Epoch milliseconds. */
  now: () => number;
}

/** Calls of one answer that run at the same time; the others wait. */
const PARALLEL_CALLS = 8;

/**
 * Model, tool calls, results, model, until the model has nothing more to ask for or a limit is reached.
 *
 * @throws what is a mistake of this server, and the signal's reason when it aborts a tool.
 */
export async function* loop(options: LoopOptions): AsyncGenerator<RunRecord, Finish> {
  const { run, tools, budget, signal, now } = options;
  const answer = createAnswer(run.resume);
  for (const result of interruptedCalls(answer)) yield* tell(answer, result);
  bookEarlierSteps(answer, options);

  let repetition = noRepetition;
  let before: Prompt | null = null;
  for (;;) {
    const number = (answer.steps.at(-1)?.step ?? -1) + 1;
    if (number >= run.recursionLimit) return limited(recursionLimit(run.recursionLimit, number));
    const asked = nextRequest(answer, options);
    const plan: StepPlan = budget?.plan(asked, countedPrompt(asked, before)) ?? unlimited(asked);
    if (plan.outcome === 'stop') return limited(plan.limit);

    const outcome: StepOutcome = yield* takeNumberedStep(number, plan.step, answer, options);
    before = { messages: asked.messages, usage: outcome.usage };
    if (outcome.calls.length === 0) return yield* endOf(outcome, plan.step, options);

    const allowed = allowCalls(outcome.calls, repetition);
    ({ repetition } = allowed);
    const concurrency = run.modelParameters.parallel_tool_calls === false ? 1 : PARALLEL_CALLS;
    const { userId } = run;
    const results = runTools(allowed.calls, { tools, userId, concurrency, signal, now });
    for await (const event of results) yield* tell(answer, event);
    if (allowed.limit) return limited(allowed.limit);
  }
}

function* tell(answer: Answer, record: RunRecord): Generator<RunRecord, void> {
  answer.take(record);
  yield record;
}

function limited(limit: RunLimit): Finish {
  return { type: 'finish', ending: 'budget', limit };
}

function nextRequest(answer: Answer, { run, tools, missing }: LoopOptions): ChatRequest {
  const models = [run.model, ...(run.modelParameters.models ?? [])];
  const messages = answerMessages(answer, models);
  const hasResults = answer.content.some(({ type }) => type === 'tool_call');
  return stepRequest({ run, tools, missing, answer: messages, hasResults });
}

/** What an answer has cost before it went on counts as well. */
function bookEarlierSteps(answer: Answer, options: LoopOptions): void {
  const { budget, run } = options;
  if (!budget || !run.resume) return;
  const request = nextRequest(answer, options);
  for (const step of run.resume.steps) budget.bookEarlier(step, request);
}

function unlimited(request: ChatRequest): StepPlan {
  const step = { callUsd: 0, maxCostUsd: null, maxChargedCalls: undefined, isShrunk: false };
  return { outcome: 'go', step: { request, ...step } };
}

/** The prompt of the step before, and what was charged for it. */
interface Prompt {
  messages: readonly ChatMessage[];
  usage: Usage | null;
}

/** Known as long as the next prompt begins with just that one. */
function countedPrompt({ messages }: ChatRequest, before: Prompt | null): CountedPrompt | null {
  const { prompt_tokens: prompt, completion_tokens: completion } = before?.usage ?? {};
  if (!before || prompt == null || completion == null) return null;
  const { length } = before.messages;
  if (!isDeepStrictEqual(messages.slice(0, length), before.messages)) return null;
  // Thoughts that were encrypted may stand for more tokens than they have bytes.
  return { tokens: prompt + completion, messages: length };
}

async function* takeNumberedStep(
  step: number,
  { request, callUsd, maxCostUsd, maxChargedCalls }: PlannedStep,
  answer: Answer,
  { run, agents, tools, budget, storeImage, newIdPrefix, signal, now }: LoopOptions,
): AsyncGenerator<RunRecord, StepOutcome> {
  yield* tell(answer, { type: 'step-start', step, ...(maxCostUsd !== null && { maxCostUsd }) });
  const { model = run.model, messages, ...parameters } = request;
  const records = takeStep(
    agents.run(
      { provider: run.provider, model, messages, model_parameters: parameters },
      { signal, user: run.userId, ...(maxChargedCalls !== undefined && { maxChargedCalls }) },
    ),
    { toolNames: tools.map(({ name }) => name), idPrefix: newIdPrefix(), storeImage, now },
  );
  const outcome = yield* noted(records, answer);
  const { ending, finishReason, usage, trace } = outcome;
  const costUsd = budget?.book({ usage, trace }, { callUsd, maxCostUsd: maxCostUsd ?? 0 });
  yield* tell(answer, {
    type: 'step-finish',
    step,
    ending,
    finishReason,
    usage,
    trace,
    ...(costUsd !== undefined && { maxCostUsd: costUsd }),
  });
  return outcome;
}

/** The same records, taken into the answer on their way. */
async function* noted<Outcome>(
  records: AsyncGenerator<RunRecord, Outcome>,
  answer: Answer,
): AsyncGenerator<RunRecord, Outcome> {
  try {
    for (;;) {
      const next = await records.next();
      if (next.done) return next.value;
      yield* tell(answer, next.value);
    }
  } finally {
    await records.return(undefined as Outcome); // The reader has left: so do we.
  }
}

interface AllowedCalls {
  calls: readonly AssembledCall[];
  repetition: Repetition;
  limit: RunLimit | null;
}

/** The calls up to the one that comes once too often. */
function allowCalls(calls: readonly AssembledCall[], before: Repetition): AllowedCalls {
  let repetition = before;
  for (const [index, call] of calls.entries()) {
    repetition = countCall(repetition, call);
    if (repetition.times < MAX_REPETITIONS) continue;
    const limit = repeatedCall(call.name, MAX_REPETITIONS);
    return { calls: calls.slice(0, index), repetition, limit };
  }
  return { calls, repetition, limit: null };
}

/** The end of a run whose last step has no calls that can be run. */
function* endOf(
  { ending, refusal }: StepOutcome,
  { isShrunk }: PlannedStep,
  { budget }: LoopOptions,
): Generator<RunRecord, Finish> {
  const isOwn = ending === 'complete' || ending === 'tool_calls';
  const asksForNothing = ending === 'tool_calls' && refusal === null;
  if (isOwn && (refusal !== null || asksForNothing)) {
    const message = refusal?.message ?? 'The model asked for tools without naming any.';
    yield { type: 'error', error: createErrorBody('tool_calls_malformed', message).error };
    return { type: 'finish', ending: 'failed', limit: null };
  }
  if (ending === 'length' && isShrunk && budget) {
    return limited(budget.reached('The answer ended where its money did.'));
  }
  return { type: 'finish', ending, limit: null };
}
