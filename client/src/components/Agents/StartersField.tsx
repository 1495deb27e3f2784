import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react';
import { useRef, type KeyboardEvent } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { fieldId } from './field-id.ts';
import { FieldError } from './FieldError.tsx';

const MAX_STARTERS = 20;
const MAX_CHARACTERS = 1000;

/** Questions to begin with, in the order in which an empty chat shows them. */
export function StartersField({
  starters,
  onChange,
  error,
}: {
  starters: readonly string[];
  onChange: (starters: string[]) => void;
  error: string | null;
}) {
  const { t } = useTranslation();
  const listRef = useRef<HTMLOListElement>(null);
  const addRef = useRef<HTMLButtonElement>(null);

  /** Draws the list anew at once, so that what is typed next goes where it belongs. */
  function change(next: string[], focused: number) {
    flushSync(() => onChange(next));
    const input = listRef.current?.querySelectorAll('input')[focused];
    if (input) input.focus();
    else addRef.current?.focus();
  }

  function insert(index: number) {
    if (starters.length < MAX_STARTERS) change(starters.toSpliced(index, 0, ''), index);
  }

  function remove(index: number) {
    change(starters.toSpliced(index, 1), Math.min(index, starters.length - 2));
  }

  function moved(index: number, to: number): string[] | null {
    const starter = starters[index];
    if (starter === undefined || to < 0 || to >= starters.length) return null;
    return starters.toSpliced(index, 1).toSpliced(to, 0, starter);
  }

  /** The focus stays on the button, for the next step. */
  function move(index: number, to: number) {
    const next = moved(index, to);
    if (next) onChange(next);
  }

  function onKeyDown(event: KeyboardEvent, index: number) {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (event.altKey && step !== undefined) {
      event.preventDefault();
      const next = moved(index, index + step);
      if (next) change(next, index + step);
    }
    if (event.key === 'Enter') {
      event.preventDefault(); // It would save the agent.
      insert(index + 1);
    }
    if (event.key === 'Backspace' && starters[index] === '') {
      event.preventDefault();
      remove(index);
    }
  }

  return (
    <div id={fieldId('conversation_starters')} tabIndex={-1} className="space-y-2 outline-none">
      {starters.length > 0 && (
        <ol ref={listRef} className="space-y-2">
          {starters.map((starter, index) => (
            // What an entry says may change and come twice; only its place tells it apart.
            // oxlint-disable-next-line react/no-array-index-key
            <li
              key={index}
              className="flex flex-wrap items-center justify-end gap-1 sm:flex-nowrap"
            >
              <input
                type="text"
                aria-label={t('agents.starter', { number: index + 1 })}
                placeholder={t('agents.starterPlaceholder')}
                maxLength={MAX_CHARACTERS}
                value={starter}
                onChange={(event) => onChange(starters.with(index, event.target.value))}
                onKeyDown={(event) => onKeyDown(event, index)}
                className="min-h-10 min-w-0 flex-1 basis-full rounded-md sm:basis-0 border border-line-strong bg-surface px-3 text-body touch:min-h-11 placeholder:text-ink-faint"
              />
              {starters.length > 1 && (
                <>
                  <IconButton
                    label={t('agents.starterUp', { number: index + 1 })}
                    icon={<ArrowUp size={16} />}
                    isDisabled={index === 0}
                    onClick={() => move(index, index - 1)}
                  />
                  <IconButton
                    label={t('agents.starterDown', { number: index + 1 })}
                    icon={<ArrowDown size={16} />}
                    isDisabled={index === starters.length - 1}
                    onClick={() => move(index, index + 1)}
                  />
                </>
              )}
              <IconButton
                label={t('agents.starterRemove', { number: index + 1 })}
                icon={<X size={16} />}
                onClick={() => remove(index)}
              />
            </li>
          ))}
        </ol>
      )}
      <FieldError field="conversation_starters" error={error} />
      {starters.length < MAX_STARTERS && (
        <Button ref={addRef} onClick={() => insert(starters.length)}>
          <Plus size={15} aria-hidden="true" />
          {t('agents.starterAdd')}
        </Button>
      )}
    </div>
  );
}
