import type { Message, Model } from '@openrouter-native/protocol';
import type { BranchMessage } from '@openrouter-native/react';
import { estimateFileTokens, estimateTokens, type SizedFile } from './estimate-tokens.ts';

/** What the next answer may take, as far as it can be told beforehand. An estimate throughout. */
export interface CostPreview {
  /** Of the question with all that was said before it. */
  promptTokens: number;
  /** Something is attached whose tokens nobody knows yet. */
  isMore: boolean;
  /** US dollars; `varies` = a router picks the model, `unknown` = no price is known. */
  cost: { leastUsd: number; mostUsd: number } | 'varies' | 'unknown';
  /** The question is longer than the model takes. */
  isTooLong: boolean;
}

export interface CostPreviewInput {
  model: Model | undefined;
  branch: readonly BranchMessage[];
  text: string;
  files: readonly SizedFile[];
  /** System message. */
  instructions: string;
  /** Tokens that an answer may have; `null` = the model's own maximum. */
  maxTokens: number | null;
}

/** Answers of which nothing is known yet. Tokens. */
const SHORT_ANSWER = 100;
const LONG_ANSWER = 1500;

/** Roles, separators and the like around each message. */
const AROUND_A_MESSAGE = 5;

/** Tokens and price of the next answer, beginning with what the last one was charged for. */
export function previewCost(input: CostPreviewInput): CostPreview {
  const { model, branch, text, files, instructions } = input;
  const anchor = branch.findLastIndex(({ message }) => contextTokens(message) !== null);
  const known = anchor < 0 ? null : contextTokens(branch[anchor]?.message);
  const after = branch.slice(anchor + 1).map(({ message }) => message);
  const attached = [...files, ...after.flatMap((message) => message.files ?? [])];
  const fileTokens = attached.map(estimateFileTokens);
  const promptTokens =
    (known ?? estimateTokens(instructions)) +
    after.reduce((sum, { text: said }) => sum + estimateTokens(said) + AROUND_A_MESSAGE, 0) +
    (text === '' ? 0 : estimateTokens(text) + AROUND_A_MESSAGE) +
    fileTokens.reduce<number>((sum, tokens) => sum + (tokens ?? 0), 0);
  const context = model?.context_length;
  return {
    promptTokens,
    isMore: fileTokens.includes(null),
    cost: costOf(input, promptTokens),
    isTooLong: context != null && promptTokens > context,
  };
}

function costOf({ model, branch, maxTokens }: CostPreviewInput, promptTokens: number) {
  const prompt = Number(model?.pricing.prompt);
  const completion = Number(model?.pricing.completion);
  if (!Number.isFinite(prompt) || !Number.isFinite(completion)) return 'unknown';
  if (prompt < 0 || completion < 0) return 'varies';
  const given = branch.flatMap(({ message }) => message.usage?.completion_tokens ?? []);
  const most = Math.min(
    Math.max(LONG_ANSWER, ...given.map((tokens) => tokens * 1.5)),
    maxTokens ?? Infinity,
  );
  const least = Math.min(SHORT_ANSWER, most, ...given);
  const request = Number(model?.pricing.request ?? 0) || 0;
  const usd = (tokens: number) => request + promptTokens * prompt + tokens * completion;
  return { leastUsd: usd(least), mostUsd: usd(most) };
}

/** What a model was given and gave in the last step of an answer: the next one is given both. */
function contextTokens(message: Message | undefined): number | null {
  const usage = message?.steps?.at(-1)?.usage;
  const { prompt_tokens: prompt, completion_tokens: completion } = usage ?? {};
  return prompt == null || completion == null ? null : prompt + completion;
}

/** An estimate is not exact: only what is this much more than there is cannot be paid for sure. */
const SURELY = 0.7;

/**
 * Whether the next answer surely cannot be paid for.
 *
 * @param balanceUsd - `null` = unknown, so nothing is sure.
 */
export function isSurelyUnpayable({ cost }: CostPreview, balanceUsd: number | null): boolean {
  if (balanceUsd === null || typeof cost === 'string') return false;
  if (balanceUsd < 0) return true; // A debt blocks free models too.
  return cost.leastUsd * SURELY > balanceUsd;
}
