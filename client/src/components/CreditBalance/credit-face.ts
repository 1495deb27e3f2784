import type { Credits } from '@openrouter-native/protocol';
import type { TFunction } from 'i18next';
import type { Format } from '../../format/format.ts';

/** How much is left, for a colour; a word goes with it. */
export type CreditLevel = 'good' | 'low' | 'very-low' | 'unknown';

/** Above this many US dollars all is well. */
const GOOD_ABOVE_USD = 5;

/** Below this many US dollars the next long answer may not be paid for. */
const VERY_LOW_BELOW_USD = 1;

/** The credits in words and an amount, ready to be shown. */
export interface CreditFace {
  level: CreditLevel;
  /** An amount, or what is said instead of one. */
  text: string;
  /** The level in a word, and the time of an amount that is not current; often empty. */
  notes: string[];
  /** What the amount is, in a sentence or two. */
  explanation: string;
}

/** What to show for the credits. An unknown balance is said in words and never shown as an amount. */
export function creditFace(credits: Credits, t: TFunction, format: Format): CreditFace {
  const { balance, limit, source, stale, updated_at: updatedAt } = credits;
  const asOf = stale ? [t('credits.asOf', { time: format.time(updatedAt) })] : [];
  const explain = (text: string) => (stale ? `${text} ${t('credits.stale')}` : text);

  if (balance === null) {
    const isUncapped = source === 'key' && limit === null;
    return {
      level: 'unknown',
      text: t(isUncapped ? 'credits.noLimit' : 'credits.unknown'),
      notes: asOf,
      explanation: explain(t(isUncapped ? 'credits.noLimitText' : 'credits.unknownText')),
    };
  }

  const level = levelOf(balance);
  const amount = format.balance(balance);
  const isShareOfLimit = source === 'key' && limit !== null;
  return {
    level,
    text: isShareOfLimit ? t('credits.ofLimit', { amount, limit: format.balance(limit) }) : amount,
    notes: [
      ...(level === 'low' ? [t('credits.low')] : []),
      ...(level === 'very-low' ? [t('credits.veryLow')] : []),
      ...asOf,
    ],
    explanation: explain(t(source === 'account' ? 'credits.ofAccount' : 'credits.ofKey')),
  };
}

function levelOf(balanceUsd: number): 'good' | 'low' | 'very-low' {
  if (balanceUsd > GOOD_ABOVE_USD) return 'good';
  return balanceUsd < VERY_LOW_BELOW_USD ? 'very-low' : 'low';
}
