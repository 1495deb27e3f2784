import type { FileReference } from '@openrouter-native/protocol';
import type { StoredFile } from '../database/schema.ts';
import type { ListedFile } from './files.ts';

/** A stored file as messages refer to it. */
export function toReference(file: StoredFile): FileReference {
  return {
    file_id: file.id,
    filename: file.filename,
    type: file.type,
    filepath: `/api/files/${file.id}`,
    bytes: file.bytes,
    ...(file.width !== null && { width: file.width }),
    ...(file.height !== null && { height: file.height }),
  };
}

/** A stored file as its owner lists it. */
export function toListed(file: StoredFile & { usage: number }): ListedFile {
  const { createdAt, context, usage } = file;
  return { ...toReference(file), createdAt: createdAt.toISOString(), context, usage };
}
