import { useSyncExternalStore } from 'react';
import type { Attachment, Uploads } from './uploads.ts';

/** Watches the files of a draft. */
export function useUploads(uploads: Uploads): readonly Attachment[] {
  return useSyncExternalStore(uploads.subscribe, uploads.getSnapshot, uploads.getSnapshot);
}
