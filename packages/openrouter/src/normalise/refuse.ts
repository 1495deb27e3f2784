import type { ChatRequest } from '@openrouter-native/protocol';
import { OpenRouterError } from '../errors.ts';

/** Believed by some clients, and never part of the API: a provider's own key inside a request. */
const REFUSED_FIELDS = ['user_keys', 'allow_user_keys'];

/** @throws OpenRouterError `invalid_request` for a request that would hand a provider's key around. */
export function refuseMisunderstandings(request: ChatRequest): void {
  const field = REFUSED_FIELDS.find((name) => name in (request.provider ?? {}));
  if (field !== undefined) {
    throw new OpenRouterError(
      'invalid_request',
      `provider.${field} does not exist. Provider keys of your own are kept at https://openrouter.ai/settings/integrations and used by themselves; never send one in a request.`,
    );
  }
}
