import type { AgentDraft } from '@openrouter-native/react';
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
export function AdvancedFields({
  draft,
  onChange,
  error,
}: {
  draft: Pick<AgentDraft, 'model' | 'model_parameters' | 'tools'>;
  onChange: (parameters: Record<string, unknown>) => void;
  error: string | null;
}) {
  return (
    <div id={fieldId('model_parameters')} tabIndex={-1} className="space-y-2 outline-none">
      <FieldError field="model_parameters" error={error} />
      <div className="overflow-hidden rounded-lg border border-line *:last:border-b-0">
        <AnswerSettingsForm
          model={draft.model}
          value={{ model_parameters: draft.model_parameters }}
          onChange={({ model_parameters: parameters }) => onChange(parameters ?? {})}
          sections={SECTIONS}
          usesTools={draft.tools.length > 0}
        />
      </div>
    </div>
  );
}
