import { checkKeyShape } from '../../key-shape.ts';
import { unwrapKey } from '../../unwrap-key.ts';
import { failed, ok, skipped, warning, type Check, type Finding } from '../check.ts';
import { keySettings, type Setting } from '../context.ts';

/** What examples and templates write in the place of a key. */
const PLACEHOLDER =
  /your|example|change[-_ ]?me|placeholder|replace|insert|xxx|<|>|\$\{|…|\.\.\.|^sk-or-v1-0+$/i;

/** Can the key be one? Looks at prefix, length, quotes, spaces, line breaks and placeholders. */
export const checkShape: Check = {
  id: 'key_shape',
  title: 'Shape of the key',
  run(context) {
    const [setting] = keySettings(context);
    if (!setting || unwrapKey(setting.value) === '') return skipped('There is no key to look at.');
    if (unwrapKey(setting.value) === 'user_provided') {
      return skipped('Each user brings a key; it is looked at when it is entered.');
    }
    return judge(setting);
  },
};

function judge({ name, value }: Setting): Finding {
  const key = unwrapKey(value);
  const { problem, doubt } = checkKeyShape(key);
  const around = wrapping(value, key);
  const evidence = [
    `${name} has ${key.length} characters${key.startsWith('sk-or-v1-') ? ' and the prefix sk-or-v1-' : ''}.`,
    ...(around === null ? [] : [around]),
  ];
  if (problem !== null) {
    const cause = PLACEHOLDER.test(key) ? 'key_placeholder' : 'key_malformed';
    return failed(cause, `${name} cannot be a key: ${problem}.`, ...evidence);
  }
  if (PLACEHOLDER.test(key))
    return warning('key_placeholder', `It looks like an example.`, ...evidence);
  if (around !== null) return warning('key_wrapped', ...evidence);
  if (doubt !== null)
    return warning('key_doubtful', `${name} may be wrong: ${doubt}.`, ...evidence);
  return ok(...evidence);
}

function wrapping(value: string, key: string): string | null {
  if (value === key) return null;
  const found = [
    ...(/["'`\u2018\u2019\u201c\u201d]/.test(value) ? ['quotation marks'] : []),
    ...(/[\r\n]/.test(value) ? ['a line break'] : []),
    ...(/[^\S\r\n]/.test(value) ? ['spaces'] : []),
    ...(/\u200b|\u200c|\u200d|\u2060|\ufeff/.test(value) ? ['invisible characters'] : []),
  ];
  return `Around it stand ${found.join(' and ')}.`;
}
