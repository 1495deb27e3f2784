import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { takes } from '../../settings/parameters.ts';
import {
  FIRST_SCHEMA,
  isSchemaName,
  readFormat,
  writeFormat,
  type JsonSchemaFormat,
} from '../../settings/response-format.ts';
import { Checkbox } from '../ui/Checkbox.tsx';
import { FieldNotes, notesOf } from './FieldNotes.tsx';
import { controlClass } from './field-style.ts';
import { JsonField } from './JsonField.tsx';
import { PillChoice } from './PillChoice.tsx';
import type { ParameterProps } from './section-props.ts';
import { useTypedText } from './typed-texts.ts';
import { useHeldProblem } from './useHeldProblem.ts';

/** Text, JSON, or JSON by a schema. */
export function FormatField({ model, parameters, onChange }: ParameterProps) {
  const { t } = useTranslation();
  const format = readFormat(parameters);
  const type = format?.type ?? 'text';
  const hasSchemas = takes(model, 'structured_outputs') !== false || type === 'json_schema';
  const set = (next: JsonSchemaFormat) => onChange(writeFormat(parameters, next));
  return (
    <div className="space-y-3">
      <PillChoice
        label={t('settings.response_format')}
        hint={type === 'json_object' ? t('settings.formatHint') : undefined}
        value={type}
        options={[
          { value: 'text', label: t('settings.formatText') },
          { value: 'json_object', label: t('settings.formatObject') },
          ...(hasSchemas
            ? [{ value: 'json_schema' as const, label: t('settings.formatSchema') }]
            : []),
        ]}
        onChange={(next) => {
          if (next === 'text') onChange(writeFormat(parameters, null));
          else if (next === 'json_schema') set(FIRST_SCHEMA);
          else onChange(writeFormat(parameters, { type: next }));
        }}
      />
      {format?.type === 'json_schema' && (
        <>
          <SchemaNameField name={format.name} onChange={(name) => set({ ...format, name })} />
          <JsonField
            name="schema"
            label={t('settings.schema')}
            value={format.schema}
            isRequired
            onChange={(schema) => set({ ...format, schema })}
          />
          <Checkbox checked={format.isStrict} onChange={(isStrict) => set({ ...format, isStrict })}>
            {t('settings.schemaStrict')}
          </Checkbox>
        </>
      )}
    </div>
  );
}

function SchemaNameField({ name, onChange }: { name: string; onChange: (name: string) => void }) {
  const { t } = useTranslation();
  const id = useId();
  const [text, setText] = useTypedText('schema-name', name);
  const { problem, onType, onLeave } = useHeldProblem(
    isSchemaName(text) ? null : `${t('settings.schemaNameWrong')} ${t('settings.stays')}`,
  );
  return (
    <div className="space-y-1">
      <label htmlFor={id} className="block text-small font-medium">
        {t('settings.schemaName')}
      </label>
      <input
        id={id}
        type="text"
        autoComplete="off"
        spellCheck={false}
        aria-describedby={notesOf({ id, problem })}
        aria-invalid={problem !== null}
        value={text}
        onChange={(event) => {
          const next = event.target.value;
          onType();
          setText(next, isSchemaName(next) ? next : name);
          if (isSchemaName(next)) onChange(next);
        }}
        onBlur={onLeave}
        className={`${controlClass} w-full font-mono`}
      />
      <FieldNotes id={id} problem={problem} />
    </div>
  );
}
