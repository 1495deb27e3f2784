import type { FileReference } from '@openrouter-native/protocol';
import type { BranchMessage, Draft } from '@openrouter-native/react';
import { Pencil } from 'lucide-react';
import { memo, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../ui/CopyButton.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { BranchSwitch } from './BranchSwitch.tsx';
import { EditField } from './EditField.tsx';
import { StoredFile } from './StoredFile.tsx';

const NONE: readonly FileReference[] = [];

/**
 * One question, as it was typed: no Markdown, line breaks kept; and its files. `onEdit` asks something
 * else in its place, with the same files.
 */
export const UserTurn = memo(function UserTurn({
  entry,
  onChoose,
  onEdit,
}: {
  entry: BranchMessage;
  onChoose: (messageId: string) => void;
  onEdit: ((messageId: string, draft: Draft) => void) | undefined;
}) {
  const { t } = useTranslation();
  const [isEditing, setIsEditing] = useState(false);
  const wasEditing = useRef(false);
  const editRef = useRef<HTMLSpanElement>(null);
  const { messageId, text, files = NONE } = entry.message;

  useEffect(() => {
    // The focus goes back to where editing began.
    if (wasEditing.current && !isEditing) editRef.current?.querySelector('button')?.focus();
    wasEditing.current = isEditing;
  }, [isEditing]);

  if (isEditing && onEdit) {
    return (
      <EditField
        text={text}
        files={files}
        onSend={(next) => {
          setIsEditing(false);
          onEdit(messageId, { text: next, files });
        }}
        onCancel={() => setIsEditing(false)}
      />
    );
  }
  return (
    <article className="group flex flex-col items-end gap-1">
      <h2 className="sr-only">{t('chat.you')}</h2>
      {files.length > 0 && (
        <ul aria-label={t('chat.files')} className="flex max-w-[85%] flex-wrap justify-end gap-2">
          {files.map((file) => (
            <li key={file.file_id} className="min-w-0">
              <StoredFile file={file} />
            </li>
          ))}
        </ul>
      )}
      {text !== '' && (
        <p className="max-w-[85%] rounded-xl rounded-br-sm bg-sunken px-4 py-2.5 text-prose wrap-anywhere whitespace-pre-wrap">
          {text}
        </p>
      )}
      <div className="flex items-center opacity-0 transition-opacity group-focus-within:opacity-100 group-hover:opacity-100 touch:opacity-100">
        <BranchSwitch entry={entry} onChoose={onChoose} />
        {text !== '' && <CopyButton label={t('chat.copyMessage')} getText={() => text} />}
        {onEdit && (
          <span ref={editRef}>
            <IconButton
              label={t('chat.editMessage')}
              icon={<Pencil size={15} />}
              onClick={() => setIsEditing(true)}
            />
          </span>
        )}
      </div>
    </article>
  );
});
