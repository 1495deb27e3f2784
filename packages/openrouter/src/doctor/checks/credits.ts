import { failed, NETWORK, ok, skipped, warning, type Check } from '../check.ts';
import { usd } from '../money.ts';

const HOW = 'Set OPENROUTER_MANAGEMENT_KEY to see it; that is optional.';

/** How much money is on the account, or why is that unknown? */
export const checkCredits: Check = {
  id: 'credits',
  title: 'Balance of the account (/credits)',
  needs: [...NETWORK, 'key'],
  async run({ apiKey, managementKey, upstream }) {
    if (apiKey === null && managementKey === null)
      return skipped('There is no key that could be sent.');
    const { value, trouble } = await upstream.credits(managementKey);
    if (trouble) {
      if (managementKey === null && [401, 403].includes(trouble.status ?? 0)) {
        return {
          ...skipped('An ordinary key may not see the balance of its account.'),
          action: HOW,
        };
      }
      if (managementKey === null) return warning(trouble.cause, ...trouble.evidence);
      const isItsFault = [401, 403].includes(trouble.status ?? 0);
      return warning(isItsFault ? 'management_key_invalid' : trouble.cause, ...trouble.evidence);
    }
    const { total_credits: total, total_usage: usage } = value;
    if (total === 0 && usage === 0) {
      return { ...skipped('Answered with two zeros, as some ordinary keys are; they are not believed.'), action: HOW }; // prettier-ignore
    }
    const balance = Number((total - usage).toFixed(6));
    const evidence = `Balance ${usd(balance)}: bought ${usd(total)}, used ${usd(usage)}.`;
    if (balance < 0) return failed('negative_balance', evidence);
    return balance === 0 ? warning('insufficient_credits', evidence) : ok(evidence);
  },
};
