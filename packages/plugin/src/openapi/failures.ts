import { reasonFacts, reasonMeanings, type ErrorReason } from '@openrouter-native/protocol';
import { refTo } from './components.ts';
import type { Operation, Response } from './types.ts';

/** Whatever route is asked. */
const anywhere: readonly ErrorReason[] = ['too_many_requests', 'shutting_down', 'internal'];

/** Of a look-up at OpenRouter with the key of the server or of the user. */
export const ofLookUps: readonly ErrorReason[] = [
  'unauthenticated',
  'key_missing',
  'key_malformed',
  'key_invalid',
  'key_disabled',
  'account_restricted',
  'permission_denied',
  'rate_limited_platform',
  'provider_error',
  'upstream_unreachable',
  'upstream_timeout',
  'malformed_response',
];

/** What a chat request never fails with. */
const notOfChats = new Set<ErrorReason>([
  'management_key_required',
  'tool_calls_malformed',
  'model_lacks_capability',
  'admin_required',
  'not_found',
  'method_not_allowed',
  'conflict',
  'too_many_generations',
  'server_unreachable',
]);

export const ofChats: readonly ErrorReason[] = (Object.keys(reasonFacts) as ErrorReason[]).filter(
  (reason) => !notOfChats.has(reason),
);

/**
 * The responses to a request that fails, by status: which reasons a status can stand for, and one for
 * whatever else upstream may say.
 */
export function failures(reasons: readonly ErrorReason[]): Operation['responses'] {
  const byStatus = Object.groupBy(
    [...new Set([...reasons, ...anywhere])],
    (reason) => reasonFacts[reason].status,
  );
  const responses = Object.entries(byStatus).map(([status, ofStatus = []]) => {
    const told = ofStatus.map((reason) => `- \`${reason}\`: ${reasonMeanings[reason]}`);
    return [status, failure(told.join('\n'))] as const;
  });
  return { ...Object.fromEntries(responses), default: { $ref: '#/components/responses/Failure' } };
}

export function failure(description: string): Response {
  return {
    description,
    headers: {
      'X-Request-Id': { $ref: '#/components/headers/X-Request-Id' },
      'Retry-After': { $ref: '#/components/headers/Retry-After' },
    },
    content: { 'application/json': { schema: refTo('Error') } },
  };
}
