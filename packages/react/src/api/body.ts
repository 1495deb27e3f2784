/** No byte arrived for longer than the limit, although the connection never closed. */
export class IdleError extends Error {
  override readonly name = 'IdleError';
}

/**
 * Reads a body piece by piece. Leaving the loop cancels the body, which closes the connection.
 *
 * @param idleMs - Longest silence, in milliseconds. A phone that changes networks leaves a connection
 *   that stays open and silent for ever.
 * @throws {@link IdleError} after a longer silence; whatever the stream throws when the network fails.
 */
export async function* readBody(
  body: ReadableStream<Uint8Array>,
  idleMs: number,
): AsyncGenerator<Uint8Array, void> {
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await withLimit(reader.read(), idleMs);
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined); // A broken stream has nothing left to cancel.
  }
}

async function withLimit<T>(read: Promise<T>, limitMs: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new IdleError('The stream fell silent')), limitMs);
  });
  try {
    return await Promise.race([read, silence]);
  } finally {
    clearTimeout(timer);
  }
}
