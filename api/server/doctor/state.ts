import { z } from 'zod';

/** What a running server tells the doctor about itself; see `GET /api/admin/doctor-state`. */
export const serverStateSchema = z.object({
  /** ISO 8601. */
  started_at: z.string(),
  fingerprint: z.record(z.string(), z.string()),
});
export type ServerState = z.infer<typeof serverStateSchema>;

/** Where it is, below the server's address. */
export const STATE_PATH = '/api/admin/doctor-state';
