import { parentPort } from 'node:worker_threads';
import type { Answer, Job } from './messages.ts';

/**
 * The worker's side: answers each job, one at a time, and says when it is ready.
 *
 * @param handle - Takes what its other side sends, and nothing else. What it throws is told to whoever asked, by its message.
 */
export function serve(handle: (input: never) => unknown): void {
  const port = parentPort;
  if (!port) throw new Error('This file is the entry of a worker thread');
  port.on('message', ({ id, input }: Job) => {
    port.postMessage(answer(id, () => handle(input as never)));
  });
  port.postMessage('ready');
}

function answer(id: number, work: () => unknown): Answer<unknown> {
  try {
    return { id, output: work(), error: null };
  } catch (error) {
    return { id, output: null, error: error instanceof Error ? error.message : String(error) };
  }
}
