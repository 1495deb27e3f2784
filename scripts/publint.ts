/** `npm run publint`: checks that every published package can be installed and imported by others. */
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { readdirSync, readFileSync } from 'node:fs';

let problems = 0;
for (const name of readdirSync('packages')) {
  const pkgDir = `packages/${name}`;
  const { messages } = await publint({ pkgDir, strict: true });
  const pkg = JSON.parse(readFileSync(`${pkgDir}/package.json`, 'utf8')) as Record<string, unknown>;
  for (const message of messages) console.log(`${name}: ${formatMessage(message, pkg)}`);
  problems += messages.length;
}
console.log(problems === 0 ? 'publint: no problems' : `publint: ${problems} problems`);
process.exitCode = problems === 0 ? 0 : 1;
