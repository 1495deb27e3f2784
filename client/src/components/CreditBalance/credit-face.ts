import type { Credits } from '@openrouter-native/protocol';
import { formatTime } from '../../format/age.ts';
import { formatBalance } from '../../format/money.ts';

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
export function creditFace(credits: Credits): CreditFace {
  const { balance, limit, source, stale, updated_at: updatedAt } = credits;
  const asOf = stale ? [`as of ${formatTime(updatedAt)}`] : [];
  const staleness = stale ? ' OpenRouter could not be asked since.' : '';

  if (balance === null) {
    const isUncapped = source === 'key' && limit === null;
    return {
      level: 'unknown',
      text: isUncapped ? 'No limit' : 'Unknown',
      notes: asOf,
      explanation: `${
        isUncapped
          ? 'This key has no spending limit. The balance of the account is unknown: to see it, set OPENROUTER_MANAGEMENT_KEY.'
          : 'OpenRouter did not tell the balance.'
      }${staleness}`,
    };
  }

  const level = levelOf(balance);
  const isShareOfLimit = source === 'key' && limit !== null;
  return {
    level,
    text: `${formatBalance(balance)}${isShareOfLimit ? ` of ${formatBalance(limit)}` : ''}`,
    notes: [...levelWords[level], ...asOf],
    explanation: `${
      source === 'account'
        ? 'Balance of the OpenRouter account.'
        : 'What is left of the spending limit of this key.'
    }${staleness}`,
  };
}

const levelWords = { good: [], low: ['low'], 'very-low': ['very low'] };

function levelOf(balanceUsd: number): 'good' | 'low' | 'very-low' {
  if (balanceUsd > GOOD_ABOVE_USD) return 'good';
  return balanceUsd < VERY_LOW_BELOW_USD ? 'very-low' : 'low';
}
