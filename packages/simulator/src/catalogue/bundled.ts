import { readFileSync } from 'node:fs';
import type { Model } from '@openrouter-native/protocol';

/** The package folder, both from `src/catalogue` and from `dist/catalogue`. */
const CATALOGUE_FILE = new URL('../../catalogue/models.json', import.meta.url);

let bundled: readonly Model[] | undefined;

/** The bundled catalogue: a recorded answer of `GET /models`, read once per process. */
export function bundledModels(): readonly Model[] {
  bundled ??= (JSON.parse(readFileSync(CATALOGUE_FILE, 'utf8')) as { data: Model[] }).data;
  return bundled;
}
