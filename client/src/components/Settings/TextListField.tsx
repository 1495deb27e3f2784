import { X } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/Button.tsx';
import { FieldNotes, notesOf } from './FieldNotes.tsx';
import { controlClass } from './field-style.ts';
import { useTypedText } from './typed-texts.ts';

export interface TextListFieldProps {
  /** Unlike all others of the form. */
  name: string;
  label: string;
  hint?: string | undefined;
  placeholder?: string | undefined;
  items: readonly string[];
  /** As an item is shown. */
  show?: (item: string) => string;
  /** What was typed as an item; `null` when it is none. */
  read: (typed: string) => string | null;
  /** Said when it is none. */
  wrong: string;
  maxItems: number;
  /** Said when there are as many as there can be. */
  full: string;
  onChange: (items: readonly string[]) => void;
}

/** A few short texts. Enter adds one, and so does leaving the field. */
export function TextListField(props: TextListFieldProps) {
  const { name, label, hint, placeholder, items, read, wrong, maxItems, full, onChange } = props;
  const { show = itself } = props;
  const { t } = useTranslation();
  const id = useId();
  const inputRef = useRef<HTMLInputElement>(null);
  const [text, setText] = useTypedText(name, '');
  const [problem, setProblem] = useState<string | null>(null);

  function add() {
    if (text === '') return;
    const item = read(text);
    if (item === null) {
      setProblem(wrong);
      return;
    }
    if (items.length >= maxItems && !items.includes(item)) {
      setProblem(full);
      return;
    }
    setText('', '');
    setProblem(null);
    if (!items.includes(item)) onChange([...items, item]);
  }

  return (
    <div className="space-y-1">
      <label htmlFor={id} className="block text-small font-medium">
        {label}
      </label>
      {items.length > 0 && (
        <ul aria-label={label} className="flex flex-wrap gap-1.5 pb-0.5">
          {items.map((item) => (
            <li
              key={item}
              className="inline-flex min-w-0 items-center rounded-md bg-sunken pl-2.5 text-small"
            >
              <span className="min-w-0 font-mono text-tiny wrap-anywhere">{show(item)}</span>
              <button
                type="button"
                aria-label={t('settings.remove', { name: show(item) })}
                onClick={() => {
                  setProblem(null);
                  onChange(items.filter((each) => each !== item));
                  inputRef.current?.focus();
                }}
                className="grid size-8 shrink-0 place-items-center rounded-md text-ink-faint hover:text-ink touch:size-11"
              >
                <X size={14} aria-hidden="true" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className="flex gap-1.5">
        <input
          ref={inputRef}
          id={id}
          type="text"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          aria-describedby={notesOf({ id, hint, problem })}
          aria-invalid={problem !== null}
          placeholder={placeholder}
          value={text}
          onChange={(event) => {
            setText(event.target.value, '');
            setProblem(null);
          }}
          onBlur={add}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
            event.preventDefault();
            add();
          }}
          className={`${controlClass} min-w-0 flex-1 font-mono`}
        />
        <Button onClick={add} className="touch:min-w-11">
          {t('settings.add')}
        </Button>
      </div>
      <FieldNotes id={id} hint={hint} problem={problem} />
    </div>
  );
}

function itself(item: string): string {
  return item;
}
