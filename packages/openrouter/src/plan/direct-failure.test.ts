import { anError } from '../testing/plan.ts';
import { toDirectFailure } from './direct-failure.ts';

it.each([
  ['key_invalid', 'Invalid API Key'],
  ['upstream_unreachable', 'OpenRouter cannot be reached.'],
  ['malformed_response', 'A wrong OPENROUTER_BASE_URL may have answered instead.'],
  ['insufficient_credits', 'You exceeded your quota.'],
] as const)('sends nobody to OpenRouter for %s', (reason, message) => {
  const error = toDirectFailure('groq', anError(reason, { status: 400, retryAfterMs: 7 }, message));

  expect(JSON.stringify(error.toBody())).not.toMatch(/openrouter/i);
  expect(error.message).toMatch(/^groq: /);
  expect(error.toBody().error).toMatchObject({
    reason,
    code: 400,
    retry_after: 1,
    metadata: { provider_name: 'groq' },
  });
});

it('keeps advice that holds for everybody', () => {
  const { action } = toDirectFailure('groq', anError('context_length_exceeded')).toBody().error;

  expect(action).toBe(anError('context_length_exceeded').toBody().error.action);
});
