import * as markdown from 'prettier/plugins/markdown';
import { format } from 'prettier/standalone';
import { apiPage } from './pages/api.ts';
import { configurationPage } from './pages/configuration.ts';
import { errorsPage } from './pages/errors.ts';

/** A page that is made from the code. */
export interface GeneratedPage {
  /** From the folder of the repository. */
  path: string;
  /** Formatted like all others. */
  make: () => Promise<string>;
}

const pages: Readonly<Record<string, () => string>> = {
  'docs/configuration.md': configurationPage,
  'docs/errors.md': errorsPage,
  'docs/api.md': apiPage,
};

const NOTE = '<!-- Made from the code by `npm run docs`. Change it there. -->\n\n';

/** All of them. */
export const generatedPages: readonly GeneratedPage[] = Object.entries(pages).map(
  ([path, make]) => ({
    path,
    make: () => format(NOTE + make(), { parser: 'markdown', plugins: [markdown], printWidth: 100 }),
  }),
);
