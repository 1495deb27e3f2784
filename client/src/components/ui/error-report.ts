import {
  tracedAttemptSchema,
  type ErrorBody,
  type TracedAttempt,
} from '@openrouter-native/protocol';

/** What the server tried before it gave up; empty when it does not tell. */
export function attemptsOf({ metadata }: Pick<ErrorBody['error'], 'metadata'>): TracedAttempt[] {
  const { attempts } = metadata;
  if (!Array.isArray(attempts)) return [];
  return attempts.flatMap((attempt: unknown) => {
    const parsed = tracedAttemptSchema.safeParse(attempt);
    return parsed.success ? [parsed.data] : [];
  });
}

/** `gen-…` of the call that failed; `null` when it is not known. */
export function generationOf({ metadata }: Pick<ErrorBody['error'], 'metadata'>): string | null {
  const { generation_id: id } = metadata;
  return typeof id === 'string' ? id : null;
}

/** One attempt in a line: `a/b via openrouter (Anthropic): 429 rate_limited_provider, 120 ms`. */
export function describeAttempt(attempt: TracedAttempt): string {
  const { model, route, provider, status, reason, ms } = attempt;
  const server = provider === null ? route : `${route} (${provider})`;
  const outcome = [status, reason].filter((part) => part !== null).join(' ');
  return `${model ?? '?'} via ${server}: ${outcome}, ${ms} ms`;
}

/**
 * A failure for somebody who is asked for help: what was said, the reason, and where to look it up. Of
 * `metadata` only the attempts, since the rest may repeat what was asked.
 */
export function errorReport(error: ErrorBody['error']): string {
  const { message, action, reason, code, request_id: requestId } = error;
  const generation = generationOf(error);
  return [
    `message: ${message}`,
    `action: ${action}`,
    `reason: ${reason}`,
    `code: ${code}`,
    ...(requestId === null ? [] : [`request: ${requestId}`]),
    ...(generation === null ? [] : [`generation: ${generation}`]),
    ...attemptsOf(error).map((attempt, at) => `attempt ${at + 1}: ${describeAttempt(attempt)}`),
  ].join('\n');
}
