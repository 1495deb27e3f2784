import type { ThreadSnapshot } from '@openrouter-native/react';
import { useTranslation } from 'react-i18next';
import { errorText } from '../../i18n/error-text.ts';
import { endingNotes } from './ending-notes.ts';

/** Tells screen readers that an answer begins and how it ended, instead of reading out each word. */
export function AnswerAnnouncer({
  snapshot: { branch, status },
}: {
  snapshot: Pick<ThreadSnapshot, 'branch' | 'status'>;
}) {
  const { t, i18n } = useTranslation();
  return (
    <p role="status" className="sr-only">
      {announcement()}
    </p>
  );

  function announcement(): string {
    if (status === 'loading') return t('common.loading');
    if (status === 'reconnecting') return t('chat.reconnecting');
    if (status !== 'ready') return t('chat.onItsWay');
    const last = branch.at(-1)?.message;
    if (!last || last.isCreatedByUser || last.ending === null) return '';
    const error = last.error_details;
    if (error) {
      const { message, action } = errorText(error, t, i18n.language);
      return t('chat.failed', { message, action });
    }
    const note = endingNotes[last.ending];
    return note ? t(note.text) : t('chat.complete');
  }
}
