import { unwrapKey } from '../../unwrap-key.ts';
import { ok, skipped, warning, type Check } from '../check.ts';
import { keySettings } from '../context.ts';
import { maskKey } from '../mask.ts';

/** Are both names of the key set, with different values? */
export const checkKeyClash: Check = {
  id: 'key_clash',
  title: 'One key only',
  run(context) {
    const [first, second] = keySettings(context).map(({ name, value, source }) => ({
      name,
      source,
      key: unwrapKey(value),
    }));
    if (!first) return skipped('No key is set.');
    if (!second) return ok(`Only ${first.name} is set.`);
    if (first.key === second.key) return ok(`${first.name} and ${second.name} hold the same key.`);
    return warning(
      'key_clash',
      `Used: ${first.name} from ${first.source} (${maskKey(first.key)}).`,
      `Ignored: ${second.name} from ${second.source} (${maskKey(second.key)}).`,
    );
  },
};
