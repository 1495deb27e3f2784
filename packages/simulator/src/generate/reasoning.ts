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
  /** Turns with calls are refused without the thoughts that led to them. */
  readonly isDemanded: boolean;
}

const STYLES: Readonly<Record<string, ReasoningStyle>> = {
  anthropic: {
    type: 'reasoning.text',
    format: 'anthropic-claude-v1',
    isSigned: true,
    isEncrypted: false,
    isDemanded: true,
  },
  openai: {
    type: 'reasoning.summary',
    format: 'openai-responses-v1',
    isSigned: false,
    isEncrypted: true,
    isDemanded: false,
  },
  google: {
    type: 'reasoning.text',
    format: 'google-gemini-v1',
    isSigned: false,
    isEncrypted: true,
    isDemanded: false,
  },
  'x-ai': {
    type: 'reasoning.summary',
    format: 'xai-responses-v1',
    isSigned: false,
    isEncrypted: true,
    isDemanded: false,
  },
  meta: {
    type: 'reasoning.summary',
    format: 'meta-responses-v1',
    isSigned: false,
    isEncrypted: true,
    isDemanded: false,
  },
};
const PLAIN: ReasoningStyle = {
  type: 'reasoning.text',
  format: 'unknown',
  isSigned: false,
  isEncrypted: false,
  isDemanded: false,
};
/** Google demands thoughts back since this generation. */
const DEMANDING_GEMINI = /\/gemini-[3-9]/;

export function reasoningStyle(model: Model): ReasoningStyle {
  const style = STYLES[authorOf(model)] ?? PLAIN;
  return DEMANDING_GEMINI.test(model.id) ? { ...style, isDemanded: true } : style;
}

/** Thoughts as they are handed over: one block, or two where a model that signs them thinks longest. */
export function splitThoughts(text: string, effort: Effort, style: ReasoningStyle): string[] {
  const middle = text.indexOf('\n\n', text.length / 2);
  if (!style.isSigned || SENTENCES[effort] <= SENTENCES.high || middle < 0) return [text];
  return [text.slice(0, middle + 2), text.slice(middle + 2)];
}
