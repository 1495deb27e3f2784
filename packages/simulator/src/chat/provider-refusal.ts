import { ApiError } from '../errors.ts';

/**
 * A request that a provider takes for a mistake: no other provider is tried.
 *
 * @param raw - The provider's own body.
 */
export function providerRefusal(providerName: string, raw: object): ApiError {
  return new ApiError(400, 'Provider returned error', {
    metadata: {
      provider_name: providerName,
      raw: JSON.stringify(raw),
      is_byok: false,
      error_type: 'invalid_request',
    },
  });
}

/** The body in which Anthropic says what is wrong. */
export function anthropicError(message: string): object {
  return { type: 'error', error: { type: 'invalid_request_error', message } };
}
