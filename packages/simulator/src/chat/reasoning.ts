import type { Model } from '@openrouter-native/protocol';
import { ApiError } from '../errors.ts';
import { invalidField } from '../invalid.ts';
import { read, type JsonObject } from '../json.ts';

const EFFORTS = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'] as const;
/** How hard a model thinks before it answers. */
export type Effort = (typeof EFFORTS)[number];

/** What a request asks of a model's reasoning. */
export interface ReasoningRequest {
  /** `null` leaves it to the model. */
  readonly effort: Effort | null;
  /** Budget in tokens, in place of an effort. */
  readonly maxTokens: number | null;
  /** Think, but keep the thoughts. */
  readonly exclude: boolean;
}

/**
 * Reads `reasoning` and its shorthands.
 *
 * @throws {@link ApiError} 400 for contradictions.
 * @see https://openrouter.ai/docs/use-cases/reasoning-tokens
 */
export function readReasoning(body: JsonObject): ReasoningRequest {
  const reasoning = read.object(body, 'reasoning') ?? {};
  const long = read.choice(reasoning, 'effort', EFFORTS);
  const short = read.choice(body, 'reasoning_effort', EFFORTS);
  if (long !== null && short !== null && long !== short) {
    throw invalidField('reasoning_effort', 'contradicts reasoning.effort');
  }
  const maxTokens = read.integer(reasoning, 'max_tokens', 0);
  const effort = long ?? short;
  if (effort !== null && maxTokens !== null) {
    throw invalidField('reasoning', 'give either effort or max_tokens, not both');
  }
  const enabled = read.flag(reasoning, 'enabled');
  const wanted = enabled === false ? 'none' : enabled === true ? 'medium' : null;
  return {
    effort: effort ?? (maxTokens === null ? wanted : maxTokens === 0 ? 'none' : null),
    maxTokens,
    exclude: read.flag(reasoning, 'exclude') ?? read.flag(body, 'include_reasoning') === false,
  };
}

/**
 * The effort that a model makes of a request: its own default where nothing is asked, and the nearest
 * one it knows otherwise. Models that do not reason make none.
 *
 * @throws {@link ApiError} 400 for switching off what cannot be switched off.
 */
export function effortFor(model: Model, request: ReasoningRequest): Effort {
  const { reasoning } = model;
  if (!reasoning) return 'none';
  const asked = request.effort ?? (request.maxTokens === null ? null : effortOf(request.maxTokens));
  if (asked === 'none') {
    if (reasoning.mandatory !== true) return 'none';
    throw new ApiError(400, 'Reasoning is mandatory for this endpoint and cannot be disabled.', {
      metadata: { error_type: 'invalid_request' },
    });
  }
  if (asked !== null) return nearest(asked, reasoning.supported_efforts ?? null);
  const isOn = reasoning.mandatory === true || reasoning.default_enabled === true;
  return isOn ? (asEffort(reasoning.default_effort) ?? 'medium') : 'none';
}

/** Budgets are compared with what the efforts come to on a usual answer. */
function effortOf(maxTokens: number): Effort {
  if (maxTokens < 1024) return 'minimal';
  if (maxTokens < 4096) return 'low';
  if (maxTokens < 16_384) return 'medium';
  return maxTokens < 65_536 ? 'high' : 'xhigh';
}

function nearest(asked: Effort, supported: readonly string[] | null): Effort {
  const known = supported?.map(asEffort).filter((effort) => effort !== null && effort !== 'none');
  if (!known || known.length === 0) return asked;
  const distance = (effort: Effort | null) =>
    Math.abs(EFFORTS.indexOf(effort ?? 'none') - EFFORTS.indexOf(asked));
  return known.toSorted((one, other) => distance(one) - distance(other))[0] ?? asked;
}

function asEffort(value: string | null | undefined): Effort | null {
  return EFFORTS.find((effort) => effort === value) ?? null;
}
