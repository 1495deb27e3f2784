import {
  createUploads,
  type Draft,
  type FilesApi,
  type Thread,
  type Uploads,
} from '@openrouter-native/react';

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

/**
 * The one draft of a conversation.
 *
 * @param readKept - What was written before the page was loaded.
 */
export function draftOf(thread: Thread, api: FilesApi, readKept: () => Draft): ThreadDraft {
  const known = drafts.get(thread);
  if (known) return known;
  const kept = readKept();
  let { text } = kept;
  const draft: ThreadDraft = {
    getText: () => text,
    setText: (next) => void (text = next),
    uploads: createUploads({ api }),
    key: (lastKey += 1),
  };
  draft.uploads.put(kept.files);
  drafts.set(thread, draft);
  return draft;
}
