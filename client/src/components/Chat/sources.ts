import type { Message } from '@openrouter-native/protocol';
import { z } from 'zod';

/** A place on the web that an answer names. */
export interface Source {
  url: string;
  title: string;
  /** `example.com`. */
  host: string;
}

const citationSchema = z.object({
  type: z.literal('url_citation'),
  url_citation: z.object({ url: z.string(), title: z.string().nullish() }),
});

/** Each place once, in the order of the first mention; only addresses that a link may lead to. */
export function sourcesOf({ annotations = [] }: Pick<Message, 'annotations'>): Source[] {
  const sources = new Map<string, Source>();
  for (const annotation of annotations) {
    const parsed = citationSchema.safeParse(annotation);
    if (!parsed.success) continue;
    const { url, title } = parsed.data.url_citation;
    const address = URL.canParse(url) ? new URL(url) : null;
    if (!address || !['http:', 'https:'].includes(address.protocol) || sources.has(url)) continue;
    const host = address.host.replace(/^www\./, '');
    sources.set(url, { url, title: title?.trim() || host, host });
  }
  return [...sources.values()];
}
