let texts: Promise<unknown> = Promise.resolve();

/** Tells that texts are on their way, so that pages can wait for theirs. */
export function expectTexts(coming: Promise<unknown>): void {
  texts = coming;
  coming.catch(() => undefined); // Told by the page that waits for it.
}

/** Waits until the texts that are on their way are there. @throws when they cannot be loaded. */
export async function textsAreThere(): Promise<void> {
  await texts;
}
