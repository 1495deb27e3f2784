import type { Health } from '@openrouter-native/protocol';
import type { RequestHandler } from 'express';

/** `GET /health`: public, without secrets, and without asking upstream. 503 when it cannot serve. */
export function createHealthHandler({ health }: { health: () => Health }): RequestHandler {
  return function handleHealth(_request, response) {
    const answer = health();
    response.set('Cache-Control', 'no-store');
    response.status(answer.status === 'unhealthy' ? 503 : 200).json(answer);
  };
}
