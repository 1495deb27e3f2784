/** All items, once the source has ended. */
export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

/** Something that happens once; waiting for it is the test. */
export function createSignal(): { raise: () => void; raised: Promise<void> } {
  let resolveRaised: (() => void) | undefined;
  const raised = new Promise<void>((resolve) => {
    resolveRaised = resolve;
  });
  return { raise: () => resolveRaised?.(), raised };
}
