import { CircleAlert } from 'lucide-react';

/** What a field is about, and what is wrong with what stands in it. */
export interface FieldNotesProps {
  /** Of the field. */
  id: string;
  hint?: string | undefined;
  problem: string | null;
}

/** Ids of the notes, for `aria-describedby`. */
export function notesOf({ id, hint, problem }: FieldNotesProps): string | undefined {
  const ids = [hint && `${id}-hint`, problem !== null && `${id}-problem`].filter(Boolean);
  return ids.length > 0 ? ids.join(' ') : undefined;
}

/** Below a field. A problem is told while somebody types. */
export function FieldNotes({ id, hint, problem }: FieldNotesProps) {
  return (
    <>
      {hint && (
        <p id={`${id}-hint`} className="text-tiny text-ink-faint">
          {hint}
        </p>
      )}
      <p id={`${id}-problem`} role="status" className="text-tiny text-bad">
        {problem !== null && (
          <span className="flex gap-1.5">
            <CircleAlert size={14} aria-hidden="true" className="mt-px shrink-0" />
            {problem}
          </span>
        )}
      </p>
    </>
  );
}
