import type { RequestHandler } from 'express';
import type { CreditsService } from '../services/credits.ts';
import { readForce } from './models.ts';

/** `GET /credits`: what is known about the money of the server's key, in US dollars. */
export function createCreditsHandler({ credits }: { credits: CreditsService }): RequestHandler {
  return async function handleCredits(request, response) {
    const answer = await credits.read({ force: readForce(request) });
    response.set({ 'Cache-Control': 'private, no-store', 'X-Cache': answer.state });
    response.json(answer.credits);
  };
}
