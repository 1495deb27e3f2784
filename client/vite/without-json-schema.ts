import { readFile } from 'node:fs/promises';
import type { Plugin } from 'vite';

/** Modules of zod that describe a schema as JSON Schema. */
const DESCRIBING = /\/zod\/v4\/core\/(?:to-json-schema|json-schema-processors)\.js$/;

/**
 * The page checks values and never describes its schemas, but zod ties each schema to the code that
 * would, and no bundler can tell. Every export of that code becomes a function that does nothing.
 */
export function withoutJsonSchema(): Plugin {
  return {
    name: 'without-json-schema',
    apply: 'build',
    enforce: 'pre',
    async load(id) {
      if (!DESCRIBING.test(id)) return null;
      const code = await readFile(id, 'utf8');
      const names = [...code.matchAll(/^export (?:const|function) (\w+)/gm)].map(
        ([, name]) => name,
      );
      if (names.length === 0) throw new Error(`${id} is not written as it was: adapt ${import.meta.filename}`); // prettier-ignore
      return names.map((name) => `export const ${name} = () => undefined;`).join('\n');
    },
  };
}

/** What a schema of ours says about a field, for the description of the routes. */
const DESCRIPTION = /\.describe\(\s*(['"`])(?:\\.|(?!\1)[^\\])*\1,?\s*\)/g;
const SCHEMAS = /\/packages\/protocol\/(?:src|dist)\/.+\.[jt]s$/;

/** Takes those words out of the page, which would load them and never say them. */
export function withoutDescriptions(): Plugin {
  return {
    name: 'without-descriptions',
    apply: 'build',
    enforce: 'pre',
    transform(code, id) {
      if (!SCHEMAS.test(id) || !code.includes('.describe(')) return null;
      const lean = code.replaceAll(DESCRIPTION, '');
      if (lean.includes('.describe(')) throw new Error(`${id} describes something in another way: adapt ${import.meta.filename}`); // prettier-ignore
      return { code: lean, map: null };
    },
  };
}
