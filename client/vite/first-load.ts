/** What a bundle says of one of its chunks. */
export interface LoadedChunk {
  fileName: string;
  /** Chunks without which it cannot run. */
  imports: readonly string[];
}

/** Names of a chunk and of everything that it cannot run without, each once. */
export function closureOf(
  chunks: ReadonlyMap<string, LoadedChunk>,
  fileName: string,
  seen: Set<string> = new Set(),
): Set<string> {
  const chunk = chunks.get(fileName);
  if (!chunk || seen.has(fileName)) return seen;
  seen.add(fileName);
  for (const needed of chunk.imports) closureOf(chunks, needed, seen);
  return seen;
}
