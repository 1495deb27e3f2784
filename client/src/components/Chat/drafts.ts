import { createUploads, type FilesApi, type Thread, type Uploads } from '@openrouter-native/react';

/** What is being written in a conversation; kept while its reader looks at another one. */
export interface ThreadDraft {
  readonly getText: () => string;
  readonly setText: (text: string) => void;
  readonly uploads: Uploads;
  /** For React: another conversation is another composer, and one that begins is the same. */
  readonly key: number;
}

const drafts = new WeakMap<Thread, ThreadDraft>();
let lastKey = 0;

/** The one draft of a conversation. */
export function draftOf(thread: Thread, api: FilesApi): ThreadDraft {
  const known = drafts.get(thread);
  if (known) return known;
  let text = '';
  const draft: ThreadDraft = {
    getText: () => text,
    setText: (next) => void (text = next),
    uploads: createUploads({ api }),
    key: (lastKey += 1),
  };
  drafts.set(thread, draft);
  return draft;
}
