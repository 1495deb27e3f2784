import type { OpenRouterEntry } from './find-entries.ts';

/** What LibreChat's settings call a name of an endpoint. */
const NAMES_ENDPOINT = /endpoint|provider/i;
/** The built-in provider. */
const PROVIDER = 'openrouter';

/**
 * Finds settings outside `endpoints.custom` that name an entry which goes, such as the presets of
 * model specs.
 *
 * @returns Their paths, such as `modelSpecs.list[0].preset.endpoint`.
 */
export function mentionsOf(data: unknown, entries: readonly OpenRouterEntry[]): string[] {
  const names = new Set(entries.map(({ name }) => name).filter((name) => name !== PROVIDER));
  const found: string[] = [];

  function walk(value: unknown, path: string, name: string): void {
    if (path === 'endpoints.custom') return;
    if (typeof value === 'string') {
      if (NAMES_ENDPOINT.test(name) && names.has(value)) found.push(path);
    } else if (Array.isArray(value)) {
      value.forEach((item, index) => walk(item, `${path}[${index}]`, name));
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, item] of Object.entries(value))
        walk(item, path ? `${path}.${key}` : key, key);
    }
  }

  walk(data, '', '');
  return found;
}
