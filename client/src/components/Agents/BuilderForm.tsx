import type { Agent } from '@openrouter-native/protocol';
import { useModels, type AgentDraft, type AgentField } from '@openrouter-native/react';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { findModel } from '../../agents/fit.ts';
import { useAgentFiles } from '../../agents/useAgentFiles.ts';
import { AdvancedFields } from './AdvancedFields.tsx';
import { AgentNotices } from './AgentNotices.tsx';
import { FilesField } from './FilesField.tsx';
import { FormSection } from './FormSection.tsx';
import { InstructionsField } from './InstructionsField.tsx';
import { ModelField } from './ModelField.tsx';
import { StartersField } from './StartersField.tsx';
import { TextField } from './TextField.tsx';
import { ToolsField } from './ToolsField.tsx';

/** Everything that an agent is made of, as fields. */
export interface BuilderFormProps {
  draft: AgentDraft;
  saved: Agent | null;
  changed: readonly AgentField[];
  onChange: (change: Partial<AgentDraft>) => void;
  /** What is wrong with a field, in words; `null` = nothing that is known. */
  errorOf: (field: AgentField) => string | null;
}

const MAX_NAME = 256;
const MAX_DESCRIPTION = 4096;

export function BuilderForm({ draft, saved, changed, onChange, errorOf }: BuilderFormProps) {
  const { t } = useTranslation();
  const { data: catalogue } = useModels();
  const model = draft.model === null ? undefined : findModel(catalogue?.models ?? [], draft.model);
  const setTools = useCallback((tools: string[]) => onChange({ tools }), [onChange]);
  const setParameters = useCallback(
    (parameters: AgentDraft['model_parameters']) => onChange({ model_parameters: parameters }),
    [onChange],
  );
  const files = useAgentFiles(draft.file_ids, (ids) => onChange({ file_ids: ids }));
  return (
    <div className="space-y-9">
      <div className="space-y-4">
        <TextField
          field="name"
          label={t('agents.field_name')}
          placeholder={t('agents.namePlaceholder')}
          maxLength={MAX_NAME}
          error={errorOf('name')}
          value={draft.name}
          onChange={(name) => onChange({ name })}
        />
        <TextField
          field="description"
          label={t('agents.field_description')}
          placeholder={t('agents.descriptionPlaceholder')}
          maxLength={MAX_DESCRIPTION}
          error={errorOf('description')}
          value={draft.description}
          onChange={(description) => onChange({ description })}
        />
      </div>
      <FormSection title={t('agents.field_model')} hint={t('agents.modelHint')}>
        <ModelField
          chosenId={draft.model}
          model={model}
          onChoose={(id) => onChange({ model: id })}
          error={errorOf('model') ?? errorOf('provider')}
        />
        <AgentNotices
          draft={draft}
          saved={saved}
          changed={changed}
          files={files.files}
          onChoose={(id) => onChange({ model: id })}
        />
      </FormSection>
      <FormSection title={t('agents.field_instructions')} hint={t('agents.instructionsHint')}>
        <InstructionsField
          value={draft.instructions}
          onChange={(instructions) => onChange({ instructions })}
          error={errorOf('instructions')}
        />
      </FormSection>
      <FormSection
        title={t('agents.field_tools')}
        hint={t('agents.toolsHint')}
        aside={
          draft.tools.length > 0 && (
            <span className="text-small text-ink-faint">
              {t('agents.toolsChosenTotal', { count: draft.tools.length })}
            </span>
          )
        }
      >
        <ToolsField chosen={draft.tools} onChange={setTools} error={errorOf('tools')} />
      </FormSection>
      <FormSection title={t('agents.field_file_ids')} hint={t('agents.filesHint')}>
        <FilesField state={files} error={errorOf('file_ids')} />
      </FormSection>
      <FormSection title={t('agents.field_conversation_starters')} hint={t('agents.startersHint')}>
        <StartersField
          starters={draft.conversation_starters}
          onChange={(starters) => onChange({ conversation_starters: starters })}
          error={errorOf('conversation_starters')}
        />
      </FormSection>
      <FormSection title={t('agents.limits')} hint={t('agents.limitsHint')}>
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            field="recursion_limit"
            label={t('agents.field_recursion_limit')}
            hint={t('agents.stepsHint')}
            placeholder={t('agents.stepsDefault')}
            inputMode="numeric"
            error={errorOf('recursion_limit')}
            value={draft.recursion_limit}
            onChange={(limit) => onChange({ recursion_limit: limit })}
          />
          <TextField
            field="spending_limit"
            label={t('agents.field_spending_limit')}
            hint={t('agents.moneyHint')}
            placeholder={t('agents.noLimit')}
            inputMode="decimal"
            unit="$"
            error={errorOf('spending_limit')}
            value={draft.spending_limit}
            onChange={(limit) => onChange({ spending_limit: limit })}
          />
        </div>
      </FormSection>
      <FormSection title={t('agents.field_model_parameters')} hint={t('agents.advancedHint')}>
        <AdvancedFields
          model={draft.model}
          parameters={draft.model_parameters}
          usesTools={draft.tools.length > 0}
          onChange={setParameters}
          error={errorOf('model_parameters')}
        />
      </FormSection>
    </div>
  );
}
