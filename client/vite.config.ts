import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';
import { precompress } from './vite/precompress.ts';

/** Where `npm run dev` starts the api. */
const API_URL = 'http://127.0.0.1:3080';

export default defineConfig({
  plugins: [react(), tailwindcss(), precompress()],
  resolve: { conditions: ['@openrouter-native/source', ...defaultClientConditions] },
  server: { port: 5173, proxy: { '/api': API_URL } },
  build: {
    // The content security policy allows files of our own only, so nothing is inlined as a data URL.
    assetsInlineLimit: 0,
  },
});
