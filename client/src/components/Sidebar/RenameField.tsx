import { useEffect, useRef, useState } from 'react';

const MAX_TITLE_LENGTH = 200;

/** A title being changed: Enter keeps it, Escape leaves it as it was, and so does leaving the field empty. */
export function RenameField({
  label,
  title,
  onSave,
  onEnd,
}: {
  label: string;
  title: string;
  onSave: (title: string) => Promise<void>;
  onEnd: () => void;
}) {
  const [text, setText] = useState(title);
  const ref = useRef<HTMLInputElement>(null);
  const isDone = useRef(false);

  useEffect(() => ref.current?.select(), []);

  async function finish(isKept: boolean) {
    if (isDone.current) return; // Enter takes the field away, which blurs it.
    isDone.current = true;
    const next = text.trim();
    if (isKept && next !== '' && next !== title) await onSave(next);
    onEnd();
  }

  return (
    <input
      ref={ref}
      aria-label={label}
      value={text}
      maxLength={MAX_TITLE_LENGTH}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => void finish(true)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !event.nativeEvent.isComposing) void finish(true);
        if (event.key === 'Escape') {
          event.preventDefault(); // It would stop a running answer.
          void finish(false);
        }
      }}
      className="h-9 w-full rounded-md border border-line-strong bg-surface px-3 text-small touch:h-11"
    />
  );
}
