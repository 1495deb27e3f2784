import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { variableNames } from '@openrouter-native/api/config/variables';
import { readEnvExample } from './env-example.ts';
import { generatedPages } from './pages.ts';
import { root } from './root.ts';

it.each(generatedPages)('$path is what the code says (npm run docs)', async ({ path, make }) => {
  expect(readFileSync(join(root, path), 'utf8')).toBe(await make());
});

it('.env.example describes every variable, once', () => {
  const described = readEnvExample().flatMap(({ blocks }) => blocks.flatMap(({ names }) => names));

  expect(described.toSorted()).toEqual(variableNames.toSorted());
});
