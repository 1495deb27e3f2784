import { z } from 'zod';

/** An account as its owner sees it. */
export const userSchema = z.looseObject({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.string(),
});
export type User = z.infer<typeof userSchema>;

/** What signing in, signing up and renewing answer; the refresh token travels in a cookie. */
export const sessionSchema = z.looseObject({
  /** Short-lived, sent as `Authorization: Bearer`. */
  token: z.string().min(1),
  user: userSchema,
});
export type Session = z.infer<typeof sessionSchema>;
