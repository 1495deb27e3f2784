/**
 * Lets the page open without a network. The worker is there only after the first visit has loaded most
 * of the page, so it is told what that was.
 */
export function registerServiceWorker(): void {
  if (!('serviceWorker' in navigator)) return; // Plain http from another machine.
  window.addEventListener('load', () => void register());
}

async function register(): Promise<void> {
  try {
    await navigator.serviceWorker.register('/sw.js');
    const { active } = await navigator.serviceWorker.ready;
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- A worker has no other origin.
    active?.postMessage({ type: 'keep', urls: ['/', ...loadedFiles()] });
  } catch {
    // Not allowed in this browser. Everything but opening the page offline works without it.
  }
}

function loadedFiles(): string[] {
  return performance
    .getEntriesByType('resource')
    .map(({ name }) => name)
    .filter((url) => new URL(url).origin === location.origin && !url.includes('/api/'));
}
