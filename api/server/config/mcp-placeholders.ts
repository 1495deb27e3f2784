import type { RawEnvironment } from './environment.ts';
import { EntryProblem } from './mcp-problem.ts';
import { variables, type VariableName } from './variables.ts';

/** Fills `${VARIABLES}` in. */
export interface Expander {
  /**
   * @param field - Where the value stands in its entry, such as `headers.Authorization`.
   * @throws EntryProblem for a variable that is not set or not for others, and for `{{placeholders}}`.
   */
  fill(value: string, field: string): string;
  /** What was filled in so far. */
  secretValues(): string[];
}

/** This server's own secrets, under the names of LibreChat as well. No tool has a use for them. */
const OWN = new Set([
  'JWT_SECRET',
  'JWT_REFRESH_SECRET',
  'CREDS_KEY',
  'CREDS_IV',
  'DATABASE_URL',
  'MONGO_URI',
  'MEILI_MASTER_KEY',
  'REDIS_URI',
  'REDIS_PASSWORD',
]);

/** @param environment - Where the variables are looked up. An empty one counts as not set. */
export function createExpander(environment: RawEnvironment): Expander {
  const filledIn = new Set<string>();
  return {
    fill(value, field) {
      const placeholder = /\{\{\s*([\w.]{1,60})/.exec(value)?.[1];
      if (placeholder !== undefined) {
        throw new EntryProblem(field, `holds {{${placeholder}}}, and what differs from user to user is not supported`); // prettier-ignore
      }
      return value.trim().replace(/\$\{([^}]+)\}/g, (_whole, name: string) => {
        const shown = `\${${name.slice(0, 60)}}`;
        if (OWN.has(name)) throw new EntryProblem(field, `asks for ${shown}, which is this server's own secret`); // prettier-ignore
        const found = environment[name]?.trim();
        if (!found) throw new EntryProblem(field, `asks for ${shown}, which is not set`);
        if (isSecret(name)) filledIn.add(found);
        return found;
      });
    },
    secretValues: () => [...filledIn],
  };
}

/** A variable of ours says so itself; anybody else's is taken for a secret. */
function isSecret(name: string): boolean {
  return !Object.hasOwn(variables, name) || variables[name as VariableName].isSecret;
}
