import type { Model } from '@openrouter-native/protocol';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { capabilitiesOf } from '../../models/facts.ts';
import { ProviderSelect } from '../Header/ProviderSelect.tsx';
import { CapabilityIcons } from '../ModelPicker/CapabilityIcons.tsx';
import { ModelPicker } from '../ModelPicker/ModelPicker.tsx';
import { usePriceText } from '../ModelPicker/usePriceText.ts';
import { fieldId } from './field-id.ts';
import { FieldError } from './FieldError.tsx';

/** Who answers, and what that costs. */
export interface ModelFieldProps {
  chosenId: string | null;
  /** What the catalogue has under that id; `undefined` when it has nothing. */
  model: Model | undefined;
  onChoose: (id: string) => void;
  error: string | null;
}

/** Provider and model, chosen as in a chat. */
export function ModelField({ chosenId, model, onChoose, error }: ModelFieldProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const priceText = usePriceText();
  return (
    <div className="space-y-2">
      <div
        id={fieldId('model')}
        tabIndex={-1}
        role="group"
        aria-label={t('agents.field_model')}
        aria-describedby={error === null ? undefined : `${fieldId('model')}-error`}
        className={`flex min-h-11 max-w-full items-center gap-1 rounded-md border bg-surface px-1 ${error === null ? 'border-line-strong' : 'border-bad'}`}
      >
        <ProviderSelect
          value="openrouter"
          onChange={stay}
          providers={[{ id: 'openrouter', label: 'OpenRouter', hint: t('chat.providerHint') }]}
        />
        <span aria-hidden="true" className="text-line-strong">
          /
        </span>
        <ModelPicker chosenId={chosenId} onChoose={onChoose} />
      </div>
      <FieldError field="model" error={error} />
      {model && (
        <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-small text-ink-faint">
          {capabilitiesOf(model).length > 0 && <CapabilityIcons model={model} t={t} />}
          {model.context_length != null && (
            <span>
              {format.tokens(model.context_length)} {t('picker.context')}
            </span>
          )}
          <span>
            {priceText(model.pricing.prompt)} {t('picker.inPerMillion')}
          </span>
          <span>
            {priceText(model.pricing.completion)} {t('picker.outPerMillion')}
          </span>
        </p>
      )}
    </div>
  );
}

function stay(): void {
  // There is one provider that has models to choose from.
}
