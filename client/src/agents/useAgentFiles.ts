import type { FileReference } from '@openrouter-native/protocol';
import {
  createUploads,
  useFileList,
  useFilesApi,
  useUploads,
  type Attachment,
  type Uploads,
} from '@openrouter-native/react';
import { useEffect, useMemo, useRef, useState } from 'react';

/** A file that an agent names. */
export interface AgentFile {
  id: string;
  /** `undefined` while it is looked up; `null` = it is gone. */
  file: FileReference | null | undefined;
}

/** The files of an agent that is being written. */
export interface AgentFiles {
  files: readonly AgentFile[];
  /** On their way to the server, or refused by it. */
  uploads: readonly Attachment[];
  /** @returns How many there is no room for. */
  add: (files: readonly File[]) => number;
  remove: (id: string) => void;
  retry: (uploadId: string) => void;
  cancel: (uploadId: string) => void;
}

/** As many as an agent can have. */
const MAX_FILES = 50;

/** @param onChange - Told the ids that the agent is to have now. */
export function useAgentFiles(
  ids: readonly string[],
  onChange: (ids: string[]) => void,
): AgentFiles {
  const api = useFilesApi();
  const [uploads] = useState(() => createUploads({ api, maxFiles: Infinity }));
  const attachments = useUploads(uploads);
  const taken = useRef(new Set<string>());
  const sent = useMemo(() => attachments.flatMap(({ file }) => file ?? []), [attachments]);
  const isUnknown = ids.some((id) => !sent.some((file) => file.file_id === id));
  const { data: stored } = useFileList(isUnknown);

  useEffect(() => {
    const arrived = sent.map(({ file_id: id }) => id).filter((id) => !taken.current.has(id));
    if (arrived.length === 0) return;
    for (const id of arrived) taken.current.add(id);
    onChange([...new Set([...ids, ...arrived])]);
  }, [sent, ids, onChange]);

  useEffect(() => () => close(uploads), [uploads]);

  const files = useMemo(
    () =>
      ids.map((id): AgentFile => {
        const file = [...sent, ...(stored ?? [])].find((each) => each.file_id === id);
        return { id, file: file ?? (stored ? null : undefined) };
      }),
    [ids, sent, stored],
  );
  const pending = attachments.filter(({ file }) => !file);
  return {
    files,
    uploads: pending,
    add(added) {
      const room = Math.max(0, MAX_FILES - ids.length - pending.length);
      uploads.add(added.slice(0, room));
      return Math.max(0, added.length - room);
    },
    remove: (id) => onChange(ids.filter((each) => each !== id)),
    retry: uploads.retry,
    cancel: uploads.remove,
  };
}

/** Ends what is on its way. What has arrived may be part of the agent by now; if not, it goes after a day. */
function close(uploads: Uploads): void {
  for (const { id, file } of uploads.getSnapshot()) if (!file) uploads.remove(id);
  uploads.release();
}
