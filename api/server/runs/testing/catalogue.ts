import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { modelSchema, type Model } from '@openrouter-native/protocol';

const file = join(import.meta.dirname, '../../../../packages/simulator/catalogue/models.json');

/** The catalogue that the simulator serves: a recorded answer of OpenRouter. */
export const catalogue: readonly Model[] = (
  JSON.parse(readFileSync(file, 'utf8')) as { data: unknown[] }
).data.map((entry) => modelSchema.parse(entry));

/** @throws Error when the catalogue does not have it. */
export function listedModel(id: string): Model {
  const model = catalogue.find((one) => one.id === id);
  if (!model) throw new Error(`The catalogue has no ${id}`);
  return model;
}

/** A day on which everything that the catalogue lists was still offered. */
export const catalogueDay = new Date('2026-08-22T12:00:00Z');
