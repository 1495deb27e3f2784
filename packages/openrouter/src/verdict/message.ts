import { reasonFacts, type ErrorReason } from '@openrouter-native/protocol';
import { scrubText } from '../scrub.ts';
import { asText, isRecord, type Clues } from './clues.ts';

/** OpenRouter's wrapping of a provider's failure, which says nothing itself. */
const SAYS_NOTHING = /^provider returned error/i;

/** The most telling sentence there is, safe to show: upstream's own, else the provider's. */
export function messageOf(clues: Clues, reason: ErrorReason): string {
  const own = scrubText(clues.message);
  if (own && !SAYS_NOTHING.test(own)) return own;

  const provider = scrubText(clues.provider);
  const said = sentenceIn(clues.raw);
  if (said) return provider ? `${provider}: ${said}` : said;
  if (provider) return `${provider} failed without saying why.`;
  return own || reasonFacts[reason].action;
}

/** The sentence inside a provider's answer, which has a shape of its own; empty when there is none. */
function sentenceIn(raw: unknown): string {
  if (typeof raw === 'string') return raw.trimStart().startsWith('<') ? '' : scrubText(raw.trim());
  if (Array.isArray(raw)) return sentenceIn(raw[0]);
  if (!isRecord(raw)) return '';
  const { error } = raw;
  const inner = isRecord(error) ? asText(error['message']) : asText(error);
  return scrubText(inner || asText(raw['message']) || asText(raw['detail']));
}
