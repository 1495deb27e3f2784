import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { readNumber } from '../../settings/parameters.ts';
import {
  budgetRange,
  DEFAULT_BUDGET,
  defaultReasoning,
  readReasoning,
  reasoningChoices,
  writeReasoning,
  type ReasoningChoice,
  type ReasoningSettings,
} from '../../settings/reasoning.ts';
import { Checkbox } from '../ui/Checkbox.tsx';
import { Note } from './Note.tsx';
import { NumberField } from './NumberField.tsx';
import { PillChoice } from './PillChoice.tsx';
import type { ParameterProps } from './section-props.ts';
import { UnusedParameters } from './UnusedParameters.tsx';

/** How hard the model thinks, in the terms that it knows. */
export function ReasoningFields(props: ParameterProps) {
  const { model, parameters, onChange } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const choices = reasoningChoices(model);
  const reasoning = readReasoning(parameters);
  const set = (change: Partial<ReasoningSettings>) =>
    onChange(writeReasoning(parameters, { ...reasoning, ...change }));
  if (choices.length === 0) {
    return 'reasoning' in parameters ? (
      <UnusedParameters {...props} />
    ) : (
      <p className="text-small text-ink-soft">{t('settings.reasoningNone')}</p>
    );
  }
  const usual = defaultReasoning(model);
  const longest = readNumber(parameters, 'max_tokens');
  const isMandatory = model?.reasoning?.mandatory === true;
  const label = (choice: ReasoningChoice) =>
    choice === 'default' && usual !== null
      ? t('settings.effort_defaultIs', { value: t(`settings.effort_${usual}`) })
      : t(`settings.effort_${choice}`);
  const range = budgetRange(model);
  return (
    <>
      <PillChoice
        label={t('settings.effort')}
        hint={t(isMandatory ? 'settings.effortMandatory' : 'settings.effortHint')}
        value={reasoning.choice}
        options={choices.map((value) => ({ value, label: label(value) }))}
        onChange={(choice) => set({ choice, budgetTokens: reasoning.budgetTokens })}
      />
      {!choices.includes(reasoning.choice) && (
        <Note>
          {t('settings.effortUnknown', { value: t(`settings.effort_${reasoning.choice}`) })}
        </Note>
      )}
      {reasoning.choice === 'budget' && (
        <NumberField
          name="budget"
          label={t('settings.budget')}
          hint={t('settings.budgetHint')}
          placeholder=""
          range={range}
          step={1024}
          start={Math.min(DEFAULT_BUDGET, range.max ?? Infinity)}
          isRequired
          value={reasoning.budgetTokens}
          onChange={(budgetTokens) => set({ budgetTokens })}
        />
      )}
      {longest !== null && (reasoning.budgetTokens ?? 0) >= longest && (
        <Note>{t('settings.budgetTooLong', { max: format.count(longest) })}</Note>
      )}
      <div>
        <Checkbox checked={reasoning.isHidden} onChange={(isHidden) => set({ isHidden })}>
          {t('settings.hideThoughts')}
        </Checkbox>
        <p className="pl-7.5 text-tiny text-ink-faint">{t('settings.hideThoughtsHint')}</p>
      </div>
    </>
  );
}
