import { join } from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig, loadEnv } from 'vite';
import { firstLoadBudget } from './vite/budget.ts';
import { precompress } from './vite/precompress.ts';
import { withoutDescriptions, withoutJsonSchema } from './vite/without-json-schema.ts';

/** Where `npm run dev` starts the api: on the PORT of the environment or of `.env`, as the api reads it. */
function apiUrl(mode: string): string {
  const { PORT } = loadEnv(mode, join(import.meta.dirname, '..'), 'PORT');
  return `http://127.0.0.1:${PORT || '3080'}`;
}

export default defineConfig(({ mode }) => ({
  plugins: [
    react(),
    tailwindcss(),
    precompress(),
    withoutJsonSchema(),
    withoutDescriptions(),
    firstLoadBudget(),
  ],
  resolve: { conditions: ['@openrouter-native/source', ...defaultClientConditions] },
  server: { port: 5173, proxy: { '/api': apiUrl(mode) } },
  build: {
    // The content security policy allows files of our own only, so nothing is inlined as a data URL.
    assetsInlineLimit: 0,
    // Diagrams are drawn by a page of their own, in a sandbox.
    rolldownOptions: { input: ['index.html', 'diagram.html'] },
  },
}));
