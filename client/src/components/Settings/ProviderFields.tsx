import { useModelEndpoints, useZeroRetention } from '@openrouter-native/react';
import { useTranslation } from 'react-i18next';
import { baseIdOf } from '../../models/families.ts';
import {
  providerSorts,
  readPreferences,
  writePreferences,
  type ProviderPreferences,
} from '../../settings/provider-preferences.ts';
import { Checkbox } from '../ui/Checkbox.tsx';
import { ErrorCard } from '../ui/ErrorCard.tsx';
import { ChoiceField } from './ChoiceField.tsx';
import { NumberField } from './NumberField.tsx';
import { OfferList } from './OfferList.tsx';
import { PrecisionField } from './PrecisionField.tsx';
import type { ParameterProps } from './section-props.ts';

const ANY_PRICE = { min: 0, max: null, isWhole: false };
const ROUTER = /^openrouter\//;

const SWITCHES = [
  ['deniesCollection', 'settings.denyCollection'],
  ['isZeroRetention', 'settings.zeroRetention'],
  ['requiresParameters', 'settings.requireParameters'],
] as const satisfies [keyof ProviderPreferences, string][];

/** Who may serve the model, and who remains. */
export function ProviderFields(props: ParameterProps & { usesTools: boolean }) {
  const { modelId, model, parameters, usesTools, onChange } = props;
  const { t } = useTranslation();
  const rowId = model?.id ?? baseIdOf(modelId);
  const isRouter = ROUTER.test(rowId);
  const { endpoints, error } = useModelEndpoints(isRouter ? null : rowId);
  const preferences = readPreferences(parameters);
  const { ids } = useZeroRetention(preferences.isZeroRetention && !isRouter);
  const set = (change: Partial<ProviderPreferences>) =>
    onChange(writePreferences(parameters, { ...preferences, ...change }));
  return (
    <>
      {isRouter && <p className="text-small text-ink-soft">{t('settings.providersRouter')}</p>}
      {error && <ErrorCard error={error.details} />}
      {!isRouter && !error && !endpoints && (
        <p role="status" className="text-small text-ink-faint">
          {t('settings.providersLoading')}
        </p>
      )}
      {endpoints && (
        <OfferList
          endpoints={endpoints}
          modelId={modelId}
          parameters={parameters}
          usesTools={usesTools}
          isKeptByAll={preferences.isZeroRetention && ids !== undefined && !ids.has(rowId)}
          onChange={set}
        />
      )}
      <ChoiceField
        label={t('settings.sort')}
        value={preferences.sort ?? 'default'}
        options={[
          { value: 'default', label: t('settings.sort_default') },
          ...providerSorts.map((value) => ({ value, label: t(`settings.sort_${value}`) })),
        ]}
        onChange={(sort) => set({ sort: sort === 'default' ? null : sort })}
      />
      <div className="space-y-2">
        <NumberField
          name="max-prompt-price"
          label={t('settings.maxPromptPrice')}
          placeholder={t('settings.noLimit')}
          range={ANY_PRICE}
          step={0.5}
          start={1}
          unit="$"
          value={preferences.maxPromptUsd}
          onChange={(maxPromptUsd) => set({ maxPromptUsd })}
        />
        <NumberField
          name="max-completion-price"
          label={t('settings.maxCompletionPrice')}
          hint={t('settings.perMillion')}
          placeholder={t('settings.noLimit')}
          range={ANY_PRICE}
          step={0.5}
          start={1}
          unit="$"
          value={preferences.maxCompletionUsd}
          onChange={(maxCompletionUsd) => set({ maxCompletionUsd })}
        />
      </div>
      <div>
        {SWITCHES.map(([name, text]) => (
          <Checkbox
            key={name}
            checked={preferences[name]}
            onChange={(isOn) => set({ [name]: isOn })}
          >
            {t(text)}
          </Checkbox>
        ))}
        <Checkbox
          checked={!preferences.allowsFallbacks}
          onChange={(isOff) => set({ allowsFallbacks: !isOff })}
        >
          {t('settings.noFallbacks')}
        </Checkbox>
      </div>
      <PrecisionField
        endpoints={endpoints ?? []}
        chosen={preferences.quantizations}
        onChange={(quantizations) => set({ quantizations })}
      />
    </>
  );
}
