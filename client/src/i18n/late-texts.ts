let load: () => Promise<unknown> = () => Promise.resolve();
let texts: Promise<unknown> | undefined;

/** Tells how the texts of the pages beside the chat are loaded; they are when the first of them is needed. */
export function offerTexts(loadThem: () => Promise<unknown>): void {
  load = loadThem;
}

/** Loads the texts of the pages beside the chat, once. @throws when they cannot be loaded. */
export async function textsAreThere(): Promise<void> {
  texts ??= load().catch((error: unknown) => {
    texts = undefined; // The next one who needs them tries again.
    throw error;
  });
  await texts;
}
