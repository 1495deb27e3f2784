/** Called bare: a browser's `fetch` refuses any other receiver. */
const plain: typeof globalThis.fetch = (input, init) => globalThis.fetch(input, init);

/**
 * The `fetch` of the page. Only while `localStorage.debug` names `openrouter` is the part that tells
 * about requests loaded at all.
 */
export async function watchedFetch(patterns: string | null): Promise<typeof globalThis.fetch> {
  if (patterns === null || !/openrouter|\*/.test(patterns)) return plain;
  const { createDebugFetch } = await import('./debug-fetch.ts');
  return createDebugFetch({
    fetch: plain,
    patterns,
    // oxlint-disable-next-line eslint/no-console -- What somebody asked for, by localStorage.debug.
    log: (line) => console.debug(line),
    now: () => performance.now(),
  });
}
