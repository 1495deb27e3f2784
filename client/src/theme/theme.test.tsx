import { createStorage } from '../testing/storage.ts';
import { createThemeStore } from './theme.ts';

function root(): HTMLElement {
  return document.createElement('html');
}

it('follows the system until somebody chooses', () => {
  expect(createThemeStore(createStorage(), root()).get()).toBe('system');
});

it('marks the page with the choice and remembers it', () => {
  const storage = createStorage();
  const html = root();

  createThemeStore(storage, html).set('dark');

  expect(html.dataset['theme']).toBe('dark');
  expect(createThemeStore(storage, root()).get()).toBe('dark');
});

it('leaves no mark when the system decides again', () => {
  const storage = createStorage();
  const html = root();
  const store = createThemeStore(storage, html);
  store.set('light');

  store.set('system');

  expect(html.dataset['theme']).toBeUndefined();
  expect(storage.entries.size).toBe(0);
});
