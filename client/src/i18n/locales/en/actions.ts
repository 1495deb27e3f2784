import { reasonFacts, type ErrorReason, type ReasonFacts } from '@openrouter-native/protocol';

const facts = Object.entries<ReasonFacts>(reasonFacts);

/** What the reader can do about each reason; in English the server says it, in the same words. */
export const actions = Object.fromEntries(
  facts.map(([reason, { action }]) => [reason, action]),
) as Readonly<Record<ErrorReason, string>>;
