import { z } from 'zod';

/** What `GET /api/keys?name=openrouter` answers. The key itself is never sent back. */
export const userKeySchema = z.looseObject({
  /** `null` when none is stored; `never` for one that does not end. */
  expiresAt: z.union([z.iso.datetime(), z.literal('never')]).nullable(),
});
export type UserKey = z.infer<typeof userKeySchema>;

/** What `POST /api/keys/openrouter/connect` answers. */
export const connectSchema = z.looseObject({
  /** Where the browser goes to consent. */
  url: z.url(),
});

/**
 * Why "Connect with OpenRouter" did not end with a key, as `connect_error` in the page's address:
 * consent was not given · it took too long, or was tried twice · it ended in another browser than it
 * began · OpenRouter did not accept it · OpenRouter could not be asked · this server failed.
 */
export const connectErrors = [
  'denied',
  'expired',
  'other_browser',
  'refused',
  'unavailable',
  'internal',
] as const;
export type ConnectError = (typeof connectErrors)[number];
