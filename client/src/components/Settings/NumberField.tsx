import { RotateCcw } from 'lucide-react';
import { useId, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { numberText, parseNumber, stepped } from '../../settings/number-text.ts';
import type { NumberRange } from '../../settings/parameters.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { FieldNotes, notesOf } from './FieldNotes.tsx';
import { controlClass } from './field-style.ts';
import { numberProblem } from './number-problem.ts';
import { useTypedText } from './typed-texts.ts';
import { useHeldProblem } from './useHeldProblem.ts';

export interface NumberFieldProps {
  /** Unlike all others of the form. */
  name: string;
  label: string;
  hint?: string | undefined;
  /** What holds while nothing is set. */
  placeholder: string;
  range: NumberRange;
  /** Of the arrow keys and the slider. */
  step: number;
  /** Where the arrow keys begin, and the slider stands, while nothing is set. */
  start: number;
  hasSlider?: boolean;
  /** It cannot be unset: `onChange` is never given `null`. */
  isRequired?: boolean;
  /** Stands before the number. */
  unit?: string;
  /** `null` = not set. */
  value: number | null;
  onChange: (value: number | null) => void;
}

/** A number that can be typed, stepped, dragged, and taken back. */
export function NumberField(props: NumberFieldProps) {
  const { name, label, hint, placeholder, range, step, start, unit, isRequired = false } = props;
  const { value, onChange } = props;
  const { t, i18n } = useTranslation();
  const id = useId();
  const write = (number: number) => numberText(number, i18n.language);
  const applied = value === null ? '' : write(value);
  const [text, setText] = useTypedText(name, applied);
  const typed = parseNumber(text, range);
  const found =
    typed.type === 'empty' && isRequired
      ? t('settings.noNumber')
      : numberProblem(typed, range, t, write);
  // Another model may have another range than the one for which the number was set.
  const told = found !== null && text !== applied ? `${found} ${t('settings.stays')}` : found;
  const { problem, onType, onLeave } = useHeldProblem(told);

  function set(next: number | null) {
    setText(next === null ? '' : write(next), next === null ? '' : write(next));
    onChange(next);
  }

  function type(next: string) {
    onType();
    const now = parseNumber(next, range);
    if (now.type === 'wrong' || (now.type === 'empty' && isRequired)) {
      setText(next, applied);
      return;
    }
    const number = now.type === 'empty' ? null : now.value;
    setText(next, number === null ? '' : write(number));
    onChange(number);
  }

  function onKeyDown(event: KeyboardEvent) {
    const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (direction === undefined) return;
    event.preventDefault();
    set(value === null ? stepped(start, 0, range) : stepped(value, direction * step, range));
  }

  const { min, max } = range;
  return (
    <div className="space-y-1">
      <div className="flex items-center gap-1">
        <label htmlFor={id} className="min-w-0 flex-1 text-small font-medium">
          {label}
        </label>
        {!isRequired && (value !== null || text !== '') && (
          <IconButton
            label={t('settings.reset', { name: label })}
            icon={<RotateCcw size={14} />}
            onClick={() => {
              set(null);
              document.getElementById(id)?.focus(); // The button goes away.
            }}
          />
        )}
        <span className="relative w-28 shrink-0">
          {unit && (
            <span
              aria-hidden="true"
              className="pointer-events-none absolute inset-y-0 left-2.5 flex items-center text-small text-ink-faint"
            >
              {unit}
            </span>
          )}
          <input
            id={id}
            type="text"
            inputMode={range.isWhole ? 'numeric' : 'decimal'}
            autoComplete="off"
            aria-describedby={notesOf({ id, hint, problem })}
            aria-invalid={problem !== null}
            placeholder={placeholder}
            value={text}
            onChange={(event) => type(event.target.value)}
            onBlur={onLeave}
            onKeyDown={onKeyDown}
            className={`${controlClass} w-full text-right tabular-nums ${unit ? 'pl-6' : ''}`}
          />
        </span>
      </div>
      {props.hasSlider && min !== null && max !== null && (
        // The field beside it does the same with the arrow keys, so this one is for the pointer alone.
        <div className="relative" aria-hidden="true">
          <span
            className="pointer-events-none absolute inset-y-0 my-auto h-3 w-0.5 rounded-full bg-line-strong"
            style={{ left: `calc(0.5rem + (100% - 1rem) * ${(start - min) / (max - min)})` }}
          />
          <input
            type="range"
            tabIndex={-1}
            min={min}
            max={max}
            step={step}
            value={value ?? start}
            onChange={(event) => set(Number(event.target.value))}
            className={`relative block h-5 w-full accent-accent touch:h-11 ${value === null ? 'opacity-45' : ''}`}
          />
        </div>
      )}
      <FieldNotes id={id} hint={hint} problem={problem} />
    </div>
  );
}
