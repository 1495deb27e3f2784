import {
  checkKeyShape,
  type DirectProvider,
  type FallbackPresets,
} from '@openrouter-native/openrouter';
import type { RawEnvironment } from './environment.ts';
import type { ConfigProblem } from './problem.ts';

/** Ways to an answer beside the first key, from variables whose names the admin completes. */
export interface RouteSettings {
  /** Keys of OpenRouter to try after the first one. */
  moreKeys: readonly string[];
  directProviders: readonly DirectProvider[];
  fallbacks: FallbackPresets;
}

export interface RouteReading {
  routes: RouteSettings;
  problems: ConfigProblem[];
  warnings: string[];
  /** Keys of direct providers. */
  secretValues: string[];
}

const DIRECT = /^OPENROUTER_DIRECT_([A-Z0-9_]+)_(API_KEY|BASE_URL|MODELS)$/;
const FALLBACKS = /^OPENROUTER_FALLBACKS_([A-Z0-9_]+)$/;
const MODEL_ID = /^[~@\w.:/+-]+$/;

/** Whether a name belongs to one of the families that are read here. */
export function isRouteVariable(name: string): boolean {
  return DIRECT.test(name) || FALLBACKS.test(name);
}

/**
 * Reads `OPENROUTER_DIRECT_<NAME>_…` and `OPENROUTER_FALLBACKS_<NAME>`, and sorts the pool of keys.
 *
 * @param pool - `OPENROUTER_API_KEYS`, in order.
 * @param firstKey - The key that is used anyway; it is no second route.
 */
export function readRoutes(
  raw: RawEnvironment,
  pool: readonly string[],
  firstKey: string | null,
): RouteReading {
  const direct = readDirectProviders(raw);
  const fallbacks = readFallbacks(raw);
  const usable = pool.filter((key) => checkKeyShape(key).problem === null);
  const warnings =
    usable.length === pool.length
      ? []
      : [
          `OPENROUTER_API_KEYS holds ${pool.length - usable.length} that cannot be keys; they are ignored.`,
        ];
  return {
    routes: {
      moreKeys: [...new Set(usable)].filter((key) => key !== firstKey),
      directProviders: direct.providers,
      fallbacks: fallbacks.presets,
    },
    problems: [...direct.problems, ...fallbacks.problems],
    warnings,
    secretValues: direct.providers.flatMap(({ apiKey }) => (apiKey === null ? [] : [apiKey])),
  };
}

function readDirectProviders(raw: RawEnvironment) {
  const names = new Set(
    Object.entries(raw).flatMap(([variable, value]) => {
      const name = DIRECT.exec(variable)?.[1];
      return name && value?.trim() ? [name] : [];
    }),
  );
  const problems: ConfigProblem[] = [];
  const providers = [...names].flatMap((name): DirectProvider[] => {
    const value = (field: string) => raw[`OPENROUTER_DIRECT_${name}_${field}`]?.trim() ?? '';
    const baseURL = value('BASE_URL').replace(/\/+$/, '');
    const models = readModelMap(value('MODELS'));
    if (!/^https?:$/.test(URL.parse(baseURL)?.protocol ?? '')) {
      const variable = `OPENROUTER_DIRECT_${name}_BASE_URL`;
      const problem = 'is not an http:// or https:// address';
      problems.push({ variable, problem, example: `${variable}=https://api.example.com/v1` });
    }
    if (models === null) {
      const variable = `OPENROUTER_DIRECT_${name}_MODELS`;
      const problem = 'is no list of OpenRouter ids, each with the id of the provider after =';
      problems.push({ variable, problem, example: `${variable}=openai/gpt-4o=gpt-4o` });
      return [];
    }
    return [{ name: name.toLowerCase(), apiKey: value('API_KEY') || null, baseURL, models }];
  });
  return { providers, problems };
}

/** `openai/gpt-4o=gpt-4o,meta/llama` – without `=` both ids are the same; `null` when it is no map. */
function readModelMap(text: string): Record<string, string> | null {
  const pairs = text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
    .map((item) => {
      const [id = '', native = id] = item.split('=').map((part) => part.trim());
      return [id, native] as const;
    });
  const isValid = pairs.every(([id, native]) => MODEL_ID.test(id) && MODEL_ID.test(native));
  return pairs.length > 0 && isValid ? Object.fromEntries(pairs) : null;
}

function readFallbacks(raw: RawEnvironment) {
  const problems: ConfigProblem[] = [];
  const presets: Record<string, string[]> = {};
  for (const [variable, value] of Object.entries(raw)) {
    const name = FALLBACKS.exec(variable)?.[1];
    if (!name || !value?.trim()) continue;
    const models = value.split(',').map((item) => item.trim());
    if (models.every((model) => MODEL_ID.test(model))) presets[name.toLowerCase()] = models;
    else {
      const problem = 'is no comma-separated list of model ids';
      const example = `${variable}=anthropic/claude-sonnet-4.5,google/gemini-2.5-flash`;
      problems.push({ variable, problem, example });
    }
  }
  return { presets, problems };
}
