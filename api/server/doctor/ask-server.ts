import { errorCode } from '../error-code.ts';

/** What a server of ours answered. */
export interface ServerAnswer {
  status: number;
  headers: Headers;
  text: string;
}

/** Why it did not answer: the system's word for it. */
export interface NoAnswer {
  code: string;
}

const TIMEOUT_MS = 8_000;

/**
 * One request to our own server.
 *
 * @throws the signal's reason when it is aborted.
 */
export async function askServer(
  url: string,
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<ServerAnswer | NoAnswer> {
  try {
    const response = await fetch(url, {
      headers,
      redirect: 'manual', // A redirect would take the token along.
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  } catch (error) {
    signal.throwIfAborted();
    const cause = error instanceof Error ? error.cause : undefined;
    return { code: errorCode(cause) ?? errorCode(error) ?? 'no answer in time' };
  }
}
