import type { FileReference } from '@openrouter-native/protocol';
import { toApiError, useFilesApi } from '@openrouter-native/react';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { FileIcon } from './FileIcon.tsx';
import { saveFile } from './save-file.ts';
import { StoredPicture } from './StoredPicture.tsx';

/** A file of a message: a picture as one, anything else by name, to be saved. */
export function StoredFile({ file }: { file: FileReference }) {
  if (file.type.startsWith('image/')) return <StoredPicture file={file} size="thumbnail" />;
  return <SavedFile file={file} />;
}

function SavedFile({ file }: { file: FileReference }) {
  const { t } = useTranslation();
  const format = useFormat();
  const api = useFilesApi();
  const [problem, setProblem] = useState<string | null>(null);
  const { file_id: id, filename, type, bytes } = file;

  async function save() {
    setProblem(null);
    try {
      saveFile(await api.read(id), filename);
    } catch (cause) {
      setProblem(toApiError(cause).message);
    }
  }
  return (
    <button
      type="button"
      onClick={() => void save()}
      className="flex min-h-11 max-w-full items-center gap-2.5 rounded-lg border border-line bg-surface px-3 py-2 text-left text-small transition-colors hover:border-line-strong"
    >
      <FileIcon type={type} />
      <span className="min-w-0">
        <span className="block truncate font-medium">{filename}</span>
        <span
          role="status"
          className={`block text-tiny ${problem ? 'text-bad' : 'text-ink-faint'}`}
        >
          {problem ?? format.bytes(bytes)}
        </span>
      </span>
      <Download size={15} aria-hidden="true" className="shrink-0 text-ink-faint" />
      <span className="sr-only">{t('chat.download')}</span>
    </button>
  );
}
