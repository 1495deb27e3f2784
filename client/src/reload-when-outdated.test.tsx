import { reloadWhenOutdated } from './reload-when-outdated.ts';
import { createStorage } from './testing/storage.ts';

function aPage() {
  const page = { target: new EventTarget(), reloads: 0, now: 1_000_000, isOnline: true };
  jest.spyOn(navigator, 'onLine', 'get').mockImplementation(() => page.isOnline);
  reloadWhenOutdated(
    page.target,
    createStorage(),
    () => (page.reloads += 1),
    () => page.now,
  );
  const lose = () => {
    const event = new Event('vite:preloadError', { cancelable: true });
    page.target.dispatchEvent(event);
    return event.defaultPrevented;
  };
  return { page, lose };
}

afterEach(() => jest.restoreAllMocks());

it('loads the page anew when a part of it is gone, and not again and again', () => {
  const { page, lose } = aPage();

  const outcomes = [lose(), lose()];
  page.now += 61_000;
  outcomes.push(lose());

  expect(outcomes).toEqual([true, false, true]);
  expect(page.reloads).toBe(2);
});

it('leaves the page alone where nothing can be loaded', () => {
  const { page, lose } = aPage();
  page.isOnline = false;

  expect(lose()).toBe(false);
  expect(page.reloads).toBe(0);
});
