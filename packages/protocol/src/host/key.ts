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
