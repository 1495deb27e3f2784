import { useTranslation } from 'react-i18next';
import type { FormSettings } from '../../settings/summary.ts';
import { NumberField } from './NumberField.tsx';

/** What one answer may cost, and how often it may ask the model. */
export function LimitFields({
  value,
  onChange,
  hasRecursion,
  isOfAgent,
}: {
  value: FormSettings;
  onChange: (change: Partial<FormSettings>) => void;
  /** Only whoever uses tools asks a model more than once. */
  hasRecursion: boolean;
  /** What is not set here is as the agent has it. */
  isOfAgent: boolean;
}) {
  const { t } = useTranslation();
  return (
    <>
      <NumberField
        name="spending-limit"
        label={t('settings.spendingLimit')}
        hint={t('settings.spendingLimitHint')}
        placeholder={t(isOfAgent ? 'settings.agentsOwn' : 'settings.noLimit')}
        range={{ min: 0.000001, max: 1_000_000, isWhole: false }}
        step={0.05}
        start={0.05}
        unit="$"
        value={value.spending_limit ?? null}
        onChange={(limit) => onChange({ spending_limit: limit })}
      />
      {hasRecursion && (
        <NumberField
          name="recursion-limit"
          label={t('settings.recursionLimit')}
          hint={t('settings.recursionLimitHint')}
          placeholder={t(isOfAgent ? 'settings.agentsOwn' : 'settings.default')}
          range={{ min: 1, max: 100, isWhole: true }}
          step={1}
          start={10}
          value={value.recursion_limit ?? null}
          onChange={(limit) => onChange({ recursion_limit: limit })}
        />
      )}
    </>
  );
}
