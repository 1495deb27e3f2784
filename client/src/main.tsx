import './no-eval.ts';
import './styles/index.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { createTranslator, loadDictionary } from './i18n/i18n.ts';
import { createLanguageStore } from './i18n/language-store.ts';
import { createServices } from './services.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id "root"');

const language = createLanguageStore(localStorage, navigator.languages);
void start(root);

/** Renders once the texts are there: a page without words is no page. */
async function start(element: HTMLElement): Promise<void> {
  const first = language.get();
  const translator = createTranslator(first, await loadDictionary(first));
  document.documentElement.lang = first;
  translator.i18n.on('languageChanged', (shown) => (document.documentElement.lang = shown));
  language.subscribe(() => void translator.use(language.get()));
  createRoot(element).render(
    <StrictMode>
      <App services={createServices('', language)} />
    </StrictMode>,
  );
}
