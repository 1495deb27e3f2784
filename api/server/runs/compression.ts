import type { ChatRequest } from '@openrouter-native/protocol';

/** Endpoints of at most this context, in tokens, shorten prompts unless they are told not to. */
const SMALL_CONTEXT = 8_192;
const PLUGIN = 'context-compression';

/**
 * Whether OpenRouter shortens a prompt that is too long for a context of this size, instead of refusing
 * it.
 *
 * @param contextTokens - `null` when unknown.
 * @see https://openrouter.ai/docs/features/message-transforms
 */
export function isCompressed(
  { plugins, transforms }: ChatRequest,
  contextTokens: number | null,
): boolean {
  const plugin = plugins?.find(({ id }) => id === PLUGIN);
  if (plugin) return plugin.enabled !== false;
  // The form that the plugin took the place of.
  if (Array.isArray(transforms)) return transforms.includes('middle-out');
  return contextTokens !== null && contextTokens <= SMALL_CONTEXT;
}
