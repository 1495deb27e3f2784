import { reasonFacts } from '@openrouter-native/protocol';
import { OpenRouterError } from '../errors.ts';

/** The failure of a direct provider, in words that send nobody to OpenRouter to mend it. */
export function toDirectFailure(provider: string, error: OpenRouterError): OpenRouterError {
  const { action } = reasonFacts[error.reason];
  const words = error.message.replaceAll(/\bOPENROUTER_\w+|\bOpenRouter\b/g, 'the provider');
  return new OpenRouterError(
    error.reason,
    `${provider}: ${words}`,
    {
      ...error.details,
      ...(/openrouter/i.test(action) && {
        action: `Check the key, the address and the account of ${provider}, or choose another model.`,
      }),
      metadata: { ...error.details.metadata, provider_name: provider },
    },
    { cause: error },
  );
}
