import type { Model } from '@openrouter-native/protocol';
import { authorOf } from '../catalogue/catalogue.ts';
import type { Effort } from '../chat/reasoning.ts';
import { createAnswerWriter, type Voice } from './prose.ts';
import type { Question } from './question.ts';
import type { Random } from './seed.ts';

/** Sentences by effort; what a real model would use grows in about the same proportion. */
const SENTENCES: Readonly<Record<Effort, number>> = {
  none: 0,
  minimal: 2,
  low: 4,
  medium: 7,
  high: 11,
  xhigh: 16,
  max: 20,
};
const SENTENCES_PER_PARAGRAPH = 4;

/** The thoughts before an answer. */
export function writeReasoning(
  question: Question,
  voice: Voice,
  effort: Effort,
  random: Random,
): string {
  const writer = createAnswerWriter(question, voice, random);
  const count = SENTENCES[effort];
  if (count === 0) return '';
  const between = Array.from({ length: count - 2 }, () => writer.write('thought'));
  const sentences = [writer.write('thoughtFirst'), ...between, writer.write('thoughtLast')];
  return sentences
    .map((sentence, index) =>
      index > 0 && index % SENTENCES_PER_PARAGRAPH === 0 ? `\n\n${sentence}` : ` ${sentence}`,
    )
    .join('')
    .trim();
}

/** How a family of models hands its thoughts over. */
export interface ReasoningStyle {
  readonly type: 'reasoning.text' | 'reasoning.summary';
  readonly format: string;
  /** The text carries a signature, which must come back with it. */
  readonly isSigned: boolean;
  /** An opaque block follows the text. */
  readonly isEncrypted: boolean;
}

const STYLES: Readonly<Record<string, ReasoningStyle>> = {
  anthropic: {
    type: 'reasoning.text',
    format: 'anthropic-claude-v1',
    isSigned: true,
    isEncrypted: false,
  },
  openai: {
    type: 'reasoning.summary',
    format: 'openai-responses-v1',
    isSigned: false,
    isEncrypted: true,
  },
  google: {
    type: 'reasoning.text',
    format: 'google-gemini-v1',
    isSigned: false,
    isEncrypted: true,
  },
  'x-ai': {
    type: 'reasoning.summary',
    format: 'xai-responses-v1',
    isSigned: false,
    isEncrypted: true,
  },
  meta: {
    type: 'reasoning.summary',
    format: 'meta-responses-v1',
    isSigned: false,
    isEncrypted: true,
  },
};
const PLAIN: ReasoningStyle = {
  type: 'reasoning.text',
  format: 'unknown',
  isSigned: false,
  isEncrypted: false,
};

export function reasoningStyle(model: Model): ReasoningStyle {
  return STYLES[authorOf(model)] ?? PLAIN;
}

/** An opaque text of the kind that signatures and encrypted blocks are. */
export function opaqueText(bytes: number, random: Random): string {
  return Buffer.from(Array.from({ length: bytes }, () => random.between(0, 255))).toString(
    'base64',
  );
}
