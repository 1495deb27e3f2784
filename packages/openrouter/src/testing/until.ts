/**
 * Waits until a condition holds, looking every two milliseconds.
 *
 * @returns Milliseconds waited.
 * @throws Error when it does not hold within `limitMs`.
 */
export async function until(holds: () => boolean, limitMs = 2_000): Promise<number> {
  const startedAt = performance.now();
  while (!holds()) {
    if (performance.now() - startedAt > limitMs) throw new Error(`Still not so: ${String(holds)}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  return performance.now() - startedAt;
}
