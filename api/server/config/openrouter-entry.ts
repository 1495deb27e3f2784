import { z } from 'zod';

const entrySchema = z.looseObject({
  name: z.string().catch(''),
  baseURL: z.string().catch(''),
});

/** Where servers like this one answer programs. */
const OWN_ROUTES = /\/api\/openrouter\/?$/i;

/**
 * What an entry of LibreChat's `endpoints.custom` is to this server, which has OpenRouter built in:
 * `openrouter` is what one had before, `this-server` leads another LibreChat to a server like this
 * one, and `other` is somebody else. LibreChat itself looks for the word in the name and the address.
 */
export function kindOfEntry(entry: unknown): 'openrouter' | 'this-server' | 'other' {
  const parsed = entrySchema.safeParse(entry);
  if (!parsed.success) return 'other';
  const { name, baseURL } = parsed.data;
  if (OWN_ROUTES.test(baseURL)) return 'this-server';
  return /openrouter/i.test(name) || /openrouter/i.test(baseURL) ? 'openrouter' : 'other';
}

/** The name of an entry, short enough for one line. */
export function nameOfEntry(entry: unknown): string {
  const parsed = entrySchema.safeParse(entry);
  return parsed.success ? parsed.data.name.slice(0, 60) : '';
}
