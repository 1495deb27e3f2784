import type { Model } from '@openrouter-native/protocol';
import type { ApiKey } from '../accounts/accounts.ts';
import { authorOf } from '../catalogue/catalogue.ts';
import { ApiError } from '../errors.ts';
import type { Turn } from './messages.ts';

/** Phrases that no harmless request contains; a real classifier sees far more. */
const FLAGS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:build|make)\b.{0,20}\b(?:bomb|explosives?)\b/i, 'violence'],
  [/\bkill (?:him|her|them|someone|somebody|people)\b/i, 'violence'],
  [/\b(?:hurt|harm) (?:myself|yourself)\b/i, 'self-harm'],
  [/\bhate speech against\b/i, 'hate'],
];
const MAX_FLAGGED_LENGTH = 100;

/**
 * The moderation that some providers insist on.
 *
 * @throws {@link ApiError} 403 with the reasons, for a moderated model and flagged words.
 */
export function moderate(model: Model, providerName: string, turns: readonly Turn[]): void {
  if (model.top_provider?.is_moderated !== true) return;
  const asked = turns.filter(({ role }) => role === 'user').map(({ text }) => text);
  for (const text of asked) {
    const reasons = FLAGS.filter(([phrase]) => phrase.test(text)).map(([, reason]) => reason);
    if (reasons.length === 0) continue;
    throw new ApiError(403, 'Input was flagged by moderation', {
      metadata: {
        error_type: 'permission_denied',
        reasons: [...new Set(reasons)],
        flagged_input: shorten(text),
        provider_name: providerName,
        model_slug: model.id,
      },
    });
  }
}

/**
 * The guardrail of a key: content and models that its owner does not allow.
 *
 * @throws {@link ApiError} 403, with the names of the patterns for content.
 */
export function enforceGuardrail(key: ApiKey, model: Model, turns: readonly Turn[]): void {
  const { guardrail } = key;
  if (!guardrail) return;
  const patterns = guardrail.blockedPatterns
    .filter(({ pattern }) => turns.some(({ text }) => pattern.test(text)))
    .map(({ name }) => name);
  if (patterns.length > 0) {
    throw new ApiError(403, 'Request blocked by guardrail: the content matches a blocked pattern', {
      metadata: { error_type: 'permission_denied', patterns },
    });
  }
  if (guardrail.ignoredAuthors.includes(authorOf(model))) {
    throw new ApiError(403, `Request blocked by guardrail: model ${model.id} is not allowed`, {
      metadata: { error_type: 'permission_denied', guardrail: 'allowed_models' },
    });
  }
}

function shorten(text: string): string {
  if (text.length <= MAX_FLAGGED_LENGTH) return text;
  const half = Math.floor((MAX_FLAGGED_LENGTH - 1) / 2);
  return `${text.slice(0, half)}…${text.slice(-half)}`;
}
