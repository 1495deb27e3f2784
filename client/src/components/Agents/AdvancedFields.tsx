import type { AgentDraft } from '@openrouter-native/react';
import { memo } from 'react';
import type { SettingsSection } from '../../settings/summary.ts';
import { AnswerSettingsForm } from '../Settings/AnswerSettingsForm.tsx';
import { fieldId } from './field-id.ts';
import { FieldError } from './FieldError.tsx';

/** What a chat has settings for and agents have no field of their own for. */
const SECTIONS: readonly SettingsSection[] = [
  'parameters',
  'reasoning',
  'search',
  'fallbacks',
  'providers',
];

/** Everything else that a request to the model can say. */
export interface AdvancedFieldsProps {
  model: string | null;
  parameters: AgentDraft['model_parameters'];
  usesTools: boolean;
  onChange: (parameters: AgentDraft['model_parameters']) => void;
  error: string | null;
}

/** The fields that conversations have for it. */
export const AdvancedFields = memo(function AdvancedFields(props: AdvancedFieldsProps) {
  const { model, parameters, usesTools, onChange, error } = props;
  return (
    <div id={fieldId('model_parameters')} tabIndex={-1} className="space-y-2 outline-none">
      <FieldError field="model_parameters" error={error} />
      <div className="overflow-hidden rounded-lg border border-line *:last:border-b-0">
        <AnswerSettingsForm
          model={model}
          value={{ model_parameters: parameters }}
          onChange={({ model_parameters: next }) => onChange(next ?? {})}
          sections={SECTIONS}
          usesTools={usesTools}
        />
      </div>
    </div>
  );
});
