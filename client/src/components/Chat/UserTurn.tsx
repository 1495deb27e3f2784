import type { BranchMessage } from '@openrouter-native/react';
import { Pencil } from 'lucide-react';
import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../ui/CopyButton.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { BranchSwitch } from './BranchSwitch.tsx';
import { EditField } from './EditField.tsx';

/** One question, as it was typed: no Markdown, line breaks kept. `onEdit` asks something else in its place. */
export const UserTurn = memo(function UserTurn({
  entry,
  onChoose,
  onEdit,
}: {
  entry: BranchMessage;
  onChoose: (messageId: string) => void;
  onEdit: ((messageId: string, text: string) => void) | undefined;
}) {
  const { t } = useTranslation();
  const [isEditing, setIsEditing] = useState(false);
  const { messageId, text } = entry.message;

  if (isEditing && onEdit) {
    return (
      <EditField
        text={text}
        onSend={(next) => {
          setIsEditing(false);
          onEdit(messageId, next);
        }}
        onCancel={() => setIsEditing(false)}
      />
    );
  }
  return (
    <article className="group flex flex-col items-end gap-1">
      <h2 className="sr-only">{t('chat.you')}</h2>
      <p className="max-w-[85%] rounded-xl rounded-br-sm bg-sunken px-4 py-2.5 text-prose wrap-anywhere whitespace-pre-wrap">
        {text}
      </p>
      <div className="flex items-center opacity-0 transition-opacity group-focus-within:opacity-100 group-hover:opacity-100 touch:opacity-100">
        <BranchSwitch entry={entry} onChoose={onChoose} />
        <CopyButton label={t('chat.copyMessage')} getText={() => text} />
        {onEdit && (
          <IconButton
            label={t('chat.editMessage')}
            icon={<Pencil size={15} />}
            onClick={() => setIsEditing(true)}
          />
        )}
      </div>
    </article>
  );
});
