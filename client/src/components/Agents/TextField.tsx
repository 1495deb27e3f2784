import type { AgentField } from '@openrouter-native/react';
import type { ComponentProps } from 'react';
import { fieldId, notesOf } from './field-id.ts';
import { FieldError } from './FieldError.tsx';

/** One line of text. */
export interface TextFieldProps extends Omit<ComponentProps<'input'>, 'onChange'> {
  field: AgentField;
  label: string;
  hint?: string | undefined;
  /** Stands before the text. */
  unit?: string;
  error: string | null;
  value: string;
  onChange: (value: string) => void;
}

/** A labelled line of an agent, with what is wrong with it. */
export function TextField(props: TextFieldProps) {
  const { field, label, hint, unit, error, onChange, className = '', ...input } = props;
  const id = fieldId(field);
  return (
    <div className={`grid content-start gap-1.5 ${className}`}>
      <label htmlFor={id} className="text-small font-medium">
        {label}
      </label>
      <div className="relative">
        {unit && (
          <span
            aria-hidden="true"
            className="pointer-events-none absolute inset-y-0 left-3 flex items-center text-ink-faint"
          >
            {unit}
          </span>
        )}
        <input
          type="text"
          autoComplete="off"
          {...input}
          id={id}
          aria-invalid={error !== null}
          aria-describedby={notesOf(field, { hint, error })}
          onChange={(event) => onChange(event.target.value)}
          className={`min-h-11 w-full rounded-md border border-line-strong bg-surface px-3 text-prose aria-invalid:border-bad placeholder:text-ink-faint ${unit ? 'pl-7' : ''}`}
        />
      </div>
      <FieldError field={field} error={error} />
      {hint && (
        <p id={`${id}-hint`} className="text-small text-ink-faint">
          {hint}
        </p>
      )}
    </div>
  );
}
