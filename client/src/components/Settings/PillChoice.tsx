import { useId } from 'react';
import type { ChoiceFieldProps } from './ChoiceField.tsx';
import { FieldNotes, notesOf } from './FieldNotes.tsx';

/** A choice among a few short values, all in view; the arrow keys move among them. */
export function PillChoice<Value extends string>(props: ChoiceFieldProps<Value>) {
  const { label, hint, value, options, onChange } = props;
  const id = useId();
  return (
    <fieldset aria-describedby={notesOf({ id, hint, problem: null })} className="min-w-0">
      <legend className="pb-1.5 text-small font-medium">{label}</legend>
      <div className="flex flex-wrap gap-1.5">
        {options.map((option) => (
          <label
            key={option.value}
            className="relative inline-flex min-h-8 cursor-pointer items-center rounded-full border border-line px-3 text-small text-ink-soft transition-colors hover:border-line-strong hover:text-ink has-checked:border-transparent has-checked:bg-accent-soft has-checked:font-medium has-checked:text-accent-ink has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent touch:min-h-11"
          >
            <input
              type="radio"
              name={id}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
              className="sr-only"
            />
            {option.label}
          </label>
        ))}
      </div>
      <div className="pt-1">
        <FieldNotes id={id} hint={hint} problem={null} />
      </div>
    </fieldset>
  );
}
