import './no-eval.ts';
import './styles/index.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { whenIdle } from './components/ui/when-idle.ts';
import { watchedFetch } from './debug/watched-fetch.ts';
import { createTranslator, loadFirstTexts, loadLateTexts, type Translator } from './i18n/i18n.ts';
import { createLanguageStore } from './i18n/language-store.ts';
import { matchLanguage, type Language } from './i18n/languages.ts';
import { offerTexts, textsAreThere } from './i18n/late-texts.ts';
import { registerServiceWorker } from './pwa/register.ts';
import { reloadWhenOutdated } from './reload-when-outdated.ts';
import { createServices } from './services.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id "root"');

const language = createLanguageStore(localStorage, navigator.languages);
void start(root);
reloadWhenOutdated(window, sessionStorage, () => window.location.reload(), Date.now);
if (import.meta.env.PROD) registerServiceWorker();

/** Renders once the texts are there: a page without words is no page. */
async function start(element: HTMLElement): Promise<void> {
  const first = language.get();
  const translator = createTranslator(first, await loadFirstTexts(first));
  offerTexts(async () => translator.add(await loadLateTexts(first)));
  whenIdle(textsAreThere); // For panels of the chat, before somebody opens one.
  const fetch = await watchedFetch(localStorage.getItem('debug'));
  document.documentElement.lang = first;
  translator.i18n.on('languageChanged', (shown) => (document.documentElement.lang = shown));
  language.subscribe(() => {
    translator.use(language.get()).catch(() => language.set(shownBy(translator))); // Not to be had now.
  });
  createRoot(element).render(
    <StrictMode>
      <App services={createServices('', language, fetch)} />
    </StrictMode>,
  );
}

function shownBy({ i18n }: Translator): Language {
  return matchLanguage([i18n.language]);
}
