import { unreachable } from '../api/error.ts';

/** How a form goes out. */
export interface SendOptions {
  headers: Readonly<Record<string, string>>;
  /** Called with the share that has left, from 0 to 1. */
  onProgress?: ((share: number) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * Posts a form and tells how far it is, which `fetch` cannot.
 *
 * @returns The answer, whatever its status.
 * @throws `OpenRouterApiError` when no answer came; the signal's reason when it was aborted.
 */
export function sendForm(
  url: string,
  form: FormData,
  { headers, onProgress, signal }: SendOptions,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason as Error);
      return;
    }
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    request.open('POST', url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      if (total > 0) onProgress?.(Math.min(1, loaded / total));
    });
    request.addEventListener('load', () => {
      const type = request.getResponseHeader('content-type') ?? 'text/plain';
      const requestId = request.getResponseHeader('x-request-id');
      resolve(
        new Response(request.responseText, {
          status: request.status,
          headers: { 'Content-Type': type, ...(requestId && { 'X-Request-Id': requestId }) },
        }),
      );
    });
    request.addEventListener('error', () =>
      reject(unreachable(new Error('The upload broke off.'))),
    );
    request.addEventListener('abort', () => reject(signal?.reason as Error));
    request.addEventListener('loadend', () => signal?.removeEventListener('abort', abort));
    signal?.addEventListener('abort', abort);
    request.send(form);
  });
}
