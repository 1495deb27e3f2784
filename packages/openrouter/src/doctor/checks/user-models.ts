import type { Model } from '@openrouter-native/protocol';
import { failed, NETWORK, ok, skipped, type Check } from '../check.ts';
import { foundMinorTrouble } from '../trouble.ts';

const MAX_AUTHORS = 6;

/** Which models do data policy, allowed providers and guardrails of the account leave? */
export const checkUserModels: Check = {
  id: 'data_policy',
  title: 'Models the account’s rules leave (/models/user)',
  needs: [...NETWORK, 'key', 'models'],
  async run({ apiKey, upstream }) {
    if (apiKey === null) return skipped('There is no key whose rules could be asked for.');
    const { value: left, trouble } = await upstream.userModels();
    if (trouble) return foundMinorTrouble(trouble);
    const all = (await upstream.models()).value ?? [];
    if (left.length === 0) return failed('no_models_left', `0 of ${all.length} models are left.`);
    const ids = new Set(left.map(({ id }) => id));
    const gone = all.filter(({ id }) => !ids.has(id));
    if (gone.length === 0) return ok(`All ${all.length} models are left.`);
    return ok(
      `${left.length} of ${all.length} models are left.`,
      `Gone are models of ${authors(gone)}.`,
    );
  },
};

/** Whose models they are, most first. */
function authors(models: readonly Model[]): string {
  const counts = new Map<string, number>();
  for (const { id } of models) {
    const author = id.split('/')[0] ?? id;
    counts.set(author, (counts.get(author) ?? 0) + 1);
  }
  const sorted = [...counts].toSorted(([, a], [, b]) => b - a);
  const told = sorted.slice(0, MAX_AUTHORS).map(([author, count]) => `${author} (${count})`);
  const rest = sorted.length - told.length;
  return rest > 0 ? `${told.join(', ')} and ${rest} more authors` : told.join(', ');
}
