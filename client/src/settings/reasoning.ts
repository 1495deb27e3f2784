import type { Model } from '@openrouter-native/protocol';
import { authorOf } from '../models/facts.ts';
import {
  objectAt,
  takes,
  withParameter,
  type ModelParameters,
  type NumberRange,
} from './parameters.ts';

/** How hard a model is to think: as it does by itself, not at all, in some measure, or by a budget. */
export type ReasoningChoice = 'default' | 'off' | 'on' | 'budget' | Effort;
/** From the most to the least. */
const efforts = ['max', 'xhigh', 'high', 'medium', 'low', 'minimal'] as const;
export type Effort = (typeof efforts)[number];

/** What a conversation says about reasoning. */
export interface ReasoningSettings {
  choice: ReasoningChoice;
  /** Tokens; `null` unless `choice` is `budget`. */
  budgetTokens: number | null;
  /** The model thinks, but its thoughts are not sent. */
  isHidden: boolean;
}

/** Named in OpenRouter's documentation as models that take a budget; the catalogue marks only some. */
const AUTHORS_WITH_BUDGETS = ['anthropic', 'google', 'qwen'];
/** Anthropic refuses less. */
const MIN_BUDGET = 1024;
export const DEFAULT_BUDGET = 4096;

/**
 * The choices that a model offers, most natural first; empty for one that does not reason. A model that
 * the catalogue does not know, or that picks another one, gets them all.
 *
 * @see https://openrouter.ai/docs/use-cases/reasoning-tokens
 */
export function reasoningChoices(model: Model | undefined): ReasoningChoice[] {
  const facts = model?.reasoning;
  if (!facts) {
    const canReason = takes(model, 'reasoning') !== false;
    return canReason ? ['default', 'off', ...efforts.toReversed()] : [];
  }
  const offered = facts.supported_efforts;
  const levels = offered === null ? efforts : efforts.filter((effort) => offered?.includes(effort));
  return [
    'default',
    ...(facts.mandatory === true ? [] : (['off'] as const)),
    ...(offered === undefined && facts.mandatory !== true ? (['on'] as const) : []),
    ...levels.toReversed(),
    ...(takesBudget(model) ? (['budget'] as const) : []),
  ];
}

function takesBudget(model: Model): boolean {
  const { reasoning } = model;
  if (reasoning?.['supports_max_tokens'] === true) return true;
  return (
    reasoning?.supported_efforts === undefined && AUTHORS_WITH_BUDGETS.includes(authorOf(model))
  );
}

/** What the model does when nothing is sent; `null` when the catalogue does not say. */
export function defaultReasoning(model: Model | undefined): 'off' | 'on' | Effort | null {
  const facts = model?.reasoning;
  if (!facts) return null;
  if (facts.default_enabled === false && facts.mandatory !== true) return 'off';
  const effort = efforts.find((each) => each === facts.default_effort);
  if (effort) return effort;
  return facts.mandatory === true || facts.default_enabled === true ? 'on' : null;
}

/** Tokens that a budget may have; it has to leave room for the answer. */
export function budgetRange(model: Model | undefined): NumberRange {
  const longest = model?.top_provider?.max_completion_tokens ?? null;
  return { min: MIN_BUDGET, max: longest === null ? null : longest - 1, isWhole: true };
}

export function readReasoning(parameters: ModelParameters): ReasoningSettings {
  const { effort, max_tokens: budget, enabled, exclude } = objectAt(parameters, 'reasoning');
  const isHidden = exclude === true;
  if (typeof budget === 'number') return { choice: 'budget', budgetTokens: budget, isHidden };
  if (effort === 'none' || (effort === undefined && enabled === false)) {
    return { choice: 'off', budgetTokens: null, isHidden };
  }
  const level = efforts.find((each) => each === effort);
  return { choice: level ?? (enabled === true ? 'on' : 'default'), budgetTokens: null, isHidden };
}

/** Sets what a person chose, and leaves alone what they did not, such as `summary`. */
export function writeReasoning(
  parameters: ModelParameters,
  { choice, budgetTokens, isHidden }: ReasoningSettings,
): ModelParameters {
  const {
    effort: _effort,
    max_tokens: _budget,
    enabled: _enabled,
    exclude: _exclude,
    ...others
  } = objectAt(parameters, 'reasoning');
  return withParameter(parameters, 'reasoning', {
    ...others,
    ...measure(choice, budgetTokens),
    ...(isHidden && { exclude: true }),
  });
}

function measure(choice: ReasoningChoice, budgetTokens: number | null): Record<string, unknown> {
  switch (choice) {
    case 'default':
      return {};
    case 'off':
      return { effort: 'none' };
    case 'on':
      return { enabled: true };
    case 'budget':
      return { max_tokens: budgetTokens ?? DEFAULT_BUDGET };
    default:
      return { effort: choice };
  }
}
