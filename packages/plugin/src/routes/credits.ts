import type { RequestHandler } from 'express';
import type { CreditsService } from '../services/credits.ts';
import type { UserClients } from '../users.ts';
import { readForce } from './models.ts';

export interface CreditsRouteDependencies {
  credits: CreditsService;
  users: UserClients | undefined;
}

/** `GET /credits`: what is known about the money of the server's key, or of the user's own; US dollars. */
export function createCreditsHandler({ credits, users }: CreditsRouteDependencies): RequestHandler {
  return async function handleCredits(request, response) {
    const force = readForce(request);
    const answer = await credits.read(users?.userOf(request, response), { force });
    response.set({ 'Cache-Control': 'private, no-store', 'X-Cache': answer.state });
    response.json(answer.credits);
  };
}
