import type { Model } from '@openrouter-native/protocol';
import { failed, NETWORK, ok, type Check } from '../check.ts';
import { foundTrouble } from '../trouble.ts';

const DAY_MS = 86_400_000;

/** Does the list of models come, and how old is it? */
export const checkModels: Check = {
  id: 'models',
  title: 'List of models (/models)',
  needs: NETWORK,
  async run({ upstream, now }) {
    const { value: models, trouble } = await upstream.models();
    if (trouble) return foundTrouble(trouble);
    if (models.length === 0) return failed('no_models', 'The list is empty.');
    const age = Number(upstream.modelHeaders()['age'] ?? 0);
    return ok(
      `${models.length} models.`,
      age > 0
        ? `A copy out of a cache on the way, ${age} s old.`
        : 'Written for this request: no cache on the way.',
      ...newest(models, now()),
    );
  },
};

function newest(models: readonly Model[], now: number): string[] {
  const known = models.filter(({ created }) => typeof created === 'number');
  const [latest] = known.toSorted((a, b) => (b.created ?? 0) - (a.created ?? 0));
  if (!latest) return [];
  const days = Math.floor((now - (latest.created ?? 0) * 1000) / DAY_MS);
  return [`The newest is ${latest.id}, ${days > 0 ? `added ${days} days ago` : 'added today'}.`];
}
