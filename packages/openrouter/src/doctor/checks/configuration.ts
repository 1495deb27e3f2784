import { failed, ok, warning, type Check } from '../check.ts';
import { keySettings, POOL_NAME, type DoctorContext, type Setting } from '../context.ts';
import { maskKey } from '../mask.ts';
import { unwrapKey } from '../../unwrap-key.ts';

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** Is anything set, and where does it come from? */
export const checkConfiguration: Check = {
  id: 'configuration',
  title: 'Configuration present',
  run(context) {
    const evidence = [
      ...context.settings.map(describeSetting),
      `Asked is ${context.baseUrl.origin}${context.baseUrl.pathname}${context.proxy ? ` through the proxy ${context.proxy.host}` : ''}.`,
    ];
    switch (context.mode) {
      case 'simulator':
        return warning('simulator', 'OPENROUTER_API_KEY is not set.', ...evidence);
      case null:
        return keySettings(context).length > 0
          ? ok(...evidence)
          : failed('key_missing', ...evidence);
      case 'user_provided':
        return ok('Each user brings a key of their own.', ...evidence);
      case 'live':
        return isInsecure(context) ? warning('base_url_insecure', ...evidence) : ok(...evidence);
      default:
        return context.mode satisfies never;
    }
  },
};

function describeSetting({ name, value, source, isSecret }: Setting): string {
  if (!isSecret) return `${name} = ${value} (from ${source})`;
  if (name === POOL_NAME) {
    const keys = value.split(',').map((key) => maskKey(unwrapKey(key)));
    return `${name} = ${keys.join(', ')} (from ${source})`;
  }
  const key = unwrapKey(value);
  const shown = key === 'user_provided' ? key : maskKey(key);
  return `${name} = ${shown} (from ${source}, ${value.length} characters)`;
}

function isInsecure({ baseUrl }: DoctorContext): boolean {
  return baseUrl.protocol === 'http:' && !LOOPBACK.test(baseUrl.hostname);
}
