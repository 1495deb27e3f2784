import { promisify } from 'node:util';
import { brotliCompress } from 'node:zlib';
import type { Logger, Plugin } from 'vite';
import { closureOf } from './first-load.ts';

/** Bytes of compressed JavaScript before somebody can ask a first question. */
const MAX_BYTES = 200_000;

/** The page itself, and the texts in one language. */
const ENTRY = /\/client\/index\.html$/;
const TEXTS = /\/i18n\/locales\/[\w-]+\/first\.ts$/;

interface Chunk {
  fileName: string;
  imports: readonly string[];
  facadeModuleId: string | null;
  code: string;
}

/** Tells how much JavaScript a first visit loads before the chat is usable, and fails a build that is heavier. */
export function firstLoadBudget(): Plugin {
  let logger: Logger;
  return {
    name: 'first-load-budget',
    apply: 'build',
    configResolved(config) {
      ({ logger } = config);
    },
    async generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((output) => output.type === 'chunk');
      const sizes = await sizesOfFirstLoad(chunks);
      const total = totalOf(sizes);
      const figure = `First load: ${kilobytes(total)} of JavaScript, compressed; at most ${kilobytes(MAX_BYTES)}.`;
      if (total <= MAX_BYTES) return logger.info(figure);
      const heaviest = [...sizes].toSorted(([, one], [, other]) => other - one);
      const list = heaviest.map(([name, size]) => `  ${kilobytes(size).padStart(9)}  ${name}`);
      this.error([figure, ...list, 'Load with `lazy` what the first question does not need.'].join('\n')); // prettier-ignore
    },
  };
}

/** Compressed sizes of what the page begins with, in the language that has the longest texts. */
async function sizesOfFirstLoad(chunks: readonly Chunk[]): Promise<Map<string, number>> {
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const entry = chunks.find(({ facadeModuleId }) => ENTRY.test(facadeModuleId ?? ''));
  const languages = chunks.filter(({ facadeModuleId }) => TEXTS.test(facadeModuleId ?? ''));
  if (!entry || languages.length === 0) throw new Error('The page or its texts are not in the bundle'); // prettier-ignore

  const measured = await Promise.all(
    languages.map(async (texts) => {
      const names = closureOf(byName, texts.fileName, closureOf(byName, entry.fileName));
      return new Map(
        await Promise.all(
          [...names].map(async (name) => {
            const compressed = await promisify(brotliCompress)(byName.get(name)?.code ?? '');
            return [name, compressed.length] as const;
          }),
        ),
      );
    }),
  );
  return measured.reduce((most, sizes) => (totalOf(sizes) > totalOf(most) ? sizes : most));
}

function totalOf(sizes: ReadonlyMap<string, number>): number {
  return [...sizes.values()].reduce((sum, size) => sum + size, 0);
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
