import { useTranslation } from 'react-i18next';
import { useEndpoints } from '../../host/queries.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { DEFAULT_PRESET, NO_PRESET } from '../../settings/fallback-chain.ts';
import { ChoiceField } from './ChoiceField.tsx';
import { Note } from './Note.tsx';

/** Which of the administrator's chains follows on the models that a person named, and what is in it. */
export function AdminChainField({
  preset,
  nameOf,
  onChange,
}: {
  /** `null` = the default one. */
  preset: string | null;
  nameOf: (modelId: string) => string;
  onChange: (preset: string | null) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: endpoints } = useEndpoints();
  const chains = endpoints?.openrouter?.fallbacks;
  const chosen = preset ?? DEFAULT_PRESET;
  const names = new Set([...Object.keys(chains ?? {}), chosen]);
  const named = [...names].filter((name) => name !== DEFAULT_PRESET && name !== NO_PRESET);
  const isGone = chains != null && named.includes(chosen) && !chains[chosen];

  function hint(): string | undefined {
    if (!chains || chosen === NO_PRESET || isGone) return undefined;
    const models = chains[chosen] ?? [];
    return models.length > 0 ? format.list(models.map(nameOf)) : t('settings.adminChainEmpty');
  }

  return (
    <>
      <ChoiceField
        label={t('settings.adminChain')}
        hint={hint()}
        value={chosen}
        options={[
          { value: DEFAULT_PRESET, label: t('settings.adminChainDefault') },
          ...named.map((name) => ({ value: name, label: t('settings.adminChainNamed', { name }) })),
          { value: NO_PRESET, label: t('settings.adminChainNone') },
        ]}
        onChange={(name) => onChange(name === DEFAULT_PRESET ? null : name)}
      />
      {isGone && <Note>{t('settings.adminChainGone')}</Note>}
    </>
  );
}
