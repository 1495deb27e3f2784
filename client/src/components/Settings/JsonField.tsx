import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { jsonText, parseJsonObject, type TypedJson } from '../../settings/json-text.ts';
import { FieldNotes, notesOf } from './FieldNotes.tsx';
import { controlClass } from './field-style.ts';
import { useTypedText } from './typed-texts.ts';
import { useHeldProblem } from './useHeldProblem.ts';

export interface JsonFieldProps {
  /** Unlike all others of the form. */
  name: string;
  label: string;
  hint?: string | undefined;
  value: Readonly<Record<string, unknown>>;
  /** Whether nothing at all is wrong. @defaultValue false */
  isRequired?: boolean;
  /** What is wrong with an object beyond its syntax, in words; `null` when nothing is. */
  check?: (value: Record<string, unknown>) => string | null;
  /** An object as `value` will have it. @defaultValue as it is */
  settle?: (value: Record<string, unknown>) => Readonly<Record<string, unknown>>;
  onChange: (value: Record<string, unknown>) => void;
}

/** A JSON object. It holds once it is valid; until then what was typed stays in the field. */
export function JsonField(props: JsonFieldProps) {
  const { name, label, hint, value, isRequired = false, check, settle, onChange } = props;
  const { t } = useTranslation();
  const id = useId();
  const applied = jsonText(value);
  const [text, setText] = useTypedText(name, applied);
  const { problem, onType, onLeave } = useHeldProblem(problemOf(parseJsonObject(text)));

  function problemOf(typed: TypedJson): string | null {
    if (typed.type === 'empty' && !isRequired) return null;
    if (typed.type === 'object') {
      const found = check?.(typed.value) ?? null;
      return found === null ? null : `${found} ${t('settings.stays')}`;
    }
    if (typed.type === 'empty' || typed.why === 'noObject')
      return `${t('settings.noObject')} ${t('settings.stays')}`;
    const { line } = typed;
    const words = line === null ? t('settings.noJson') : t('settings.noJsonLine', { line });
    return `${words} ${t('settings.stays')}`;
  }

  function type(next: string) {
    onType();
    const typed = parseJsonObject(next);
    if (typed.type === 'wrong' || problemOf(typed) !== null) {
      setText(next, applied);
      return;
    }
    const object = typed.type === 'empty' ? {} : typed.value;
    setText(next, jsonText(settle ? settle(object) : object));
    onChange(object);
  }

  return (
    <div className="space-y-1">
      <label htmlFor={id} className="block text-small font-medium">
        {label}
      </label>
      <textarea
        id={id}
        rows={Math.min(14, Math.max(3, text.split('\n').length))}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        aria-describedby={notesOf({ id, hint, problem })}
        aria-invalid={problem !== null}
        value={text}
        onChange={(event) => type(event.target.value)}
        onBlur={onLeave}
        className={`${controlClass} w-full resize-y py-2 font-mono text-tiny leading-5`}
      />
      <FieldNotes id={id} hint={hint} problem={problem} />
    </div>
  );
}
