import type { Model } from '@openrouter-native/protocol';
import { authorOf } from '../catalogue/catalogue.ts';
import { reasoningStyle, splitThoughts } from '../generate/reasoning.ts';
import type { Random } from '../generate/seed.ts';
import { tokenize } from '../generate/tokens.ts';
import type { Effort } from './reasoning.ts';
import { addThought, encryptThought, noThoughts, signThought, type Chain } from './seal.ts';
import type { AnswerStep, ReasoningPiece } from './steps.ts';

export interface Thoughts {
  readonly steps: readonly AnswerStep[];
  /** {@link noThoughts} when none are shown. */
  readonly chain: Chain;
}

const SECRET_BYTES = 88;

/** Thoughts token by token, each block with its seal behind it; counted only where they are hidden. */
export function composeThoughts(options: {
  text: string;
  effort: Effort;
  model: Model;
  isHidden: boolean;
  random: Random;
}): Thoughts {
  const { text, effort, model, isHidden, random } = options;
  if (text === '') return { steps: [], chain: noThoughts };
  if (isHidden) {
    return { steps: tokenize(text).map(() => ({ type: 'silence', tokens: 1 })), chain: noThoughts };
  }
  const style = reasoningStyle(model);
  const { type, format } = style;
  const family = authorOf(model);
  const field = type === 'reasoning.text' ? 'text' : 'summary';
  const steps: AnswerStep[] = [];
  let chain = noThoughts;
  let index = 0;

  for (const block of splitThoughts(text, effort, style)) {
    for (const token of tokenize(block)) {
      const piece = { type, index, format, [field]: token };
      steps.push({ type: 'reasoning', text: token, details: [piece], tokens: 1 });
    }
    if (style.isSigned) {
      steps.push(aSeal({ type, index, format, signature: signThought(family, chain, block) }));
    }
    chain = addThought(chain, type, block);
    index += 1;
  }
  if (style.isEncrypted) {
    const data = encryptThought(family, chain, randomBytes(SECRET_BYTES, random));
    const id = `rs_${random.text(24, '0123456789abcdef')}`;
    steps.push(aSeal({ type: 'reasoning.encrypted', index, format, id, data }));
    chain = addThought(chain, 'reasoning.encrypted', data);
  }
  return { steps, chain };
}

function aSeal(piece: ReasoningPiece): AnswerStep {
  return { type: 'reasoning', text: '', details: [piece], tokens: 0 };
}

function randomBytes(length: number, random: Random): Buffer {
  return Buffer.from(Array.from({ length }, () => random.between(0, 255)));
}
