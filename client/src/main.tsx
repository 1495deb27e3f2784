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
const first = language.get();
void loadDictionary(first).then((dictionary) => {
  const translator = createTranslator(first, dictionary);
  document.documentElement.lang = first;
  language.subscribe(() => {
    const chosen = language.get();
    void translator.use(chosen).then(() => (document.documentElement.lang = chosen));
  });
  createRoot(root).render(
    <StrictMode>
      <App services={createServices('', language)} />
    </StrictMode>,
  );
});
