import type { OpenRouterClient } from '@openrouter-native/openrouter';
import type { Request, Response } from 'express';

/** Lets each user ask OpenRouter with a key of their own. */
export interface UserClients {
  /** Who sent a request that `requireAuth` has let pass. */
  userOf(request: Request, response: Response): string;
  /**
   * The client with this user's key, made with `client.withKey(key)`. Asked for before every call and
   * kept by that call until it ends, so a key that was taken away is not used again. As long as the key
   * is the same the client should be: money and circuits are remembered with it.
   *
   * @throws RequestError `key_missing` when the user has no key that can be used.
   */
  clientFor(userId: string): Promise<OpenRouterClient>;
}
