/** `npm run docs`: writes the pages that are made from the code. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatedPages } from './pages.ts';
import { root } from './root.ts';

for (const { path, make } of generatedPages) {
  // oxlint-disable-next-line no-await-in-loop
  writeFileSync(join(root, path), await make());
  process.stdout.write(`${path}\n`);
}
