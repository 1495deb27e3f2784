import { useId } from 'react';
import { FieldNotes, notesOf } from './FieldNotes.tsx';
import { controlClass } from './field-style.ts';

/** One of several values, by a label each. */
export interface ChoiceFieldProps<Value extends string> {
  label: string;
  hint?: string | undefined;
  value: Value;
  options: readonly { value: Value; label: string }[];
  onChange: (value: Value) => void;
}

/** A choice among values too many or too long to stand side by side. */
export function ChoiceField<Value extends string>(props: ChoiceFieldProps<Value>) {
  const { label, hint, value, options, onChange } = props;
  const id = useId();
  return (
    <div className="space-y-1">
      <label htmlFor={id} className="block text-small font-medium">
        {label}
      </label>
      <select
        id={id}
        aria-describedby={notesOf({ id, hint, problem: null })}
        value={value}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value);
          if (chosen) onChange(chosen.value);
        }}
        className={`${controlClass} w-full`}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <FieldNotes id={id} hint={hint} problem={null} />
    </div>
  );
}
