import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { fieldId, notesOf } from './field-id.ts';
import { FieldError } from './FieldError.tsx';

const MAX_CHARACTERS = 1_000_000;
/** From here on it is worth knowing how much room is left. */
const TELL_FROM = 900_000;

/** What the model is told before everything else. Grows with its text, up to most of the window. */
export function InstructionsField({
  value,
  onChange,
  error,
}: {
  value: string;
  onChange: (value: string) => void;
  error: string | null;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className="grid gap-1.5">
      <textarea
        id={fieldId('instructions')}
        aria-label={t('agents.field_instructions')}
        aria-invalid={error !== null}
        aria-describedby={notesOf('instructions', { error })}
        placeholder={t('agents.instructionsPlaceholder')}
        maxLength={MAX_CHARACTERS}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="field-sizing-content max-h-[60dvh] min-h-40 w-full resize-y rounded-md border border-line-strong bg-surface px-3 py-2.5 text-prose aria-invalid:border-bad placeholder:text-ink-faint"
      />
      <FieldError field="instructions" error={error} />
      {value.length > TELL_FROM && (
        <p role="status" className="text-small text-ink-faint">
          {t('agents.charactersLeft', { characters: format.count(MAX_CHARACTERS - value.length) })}
        </p>
      )}
    </div>
  );
}
