import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { takes } from '../../settings/parameters.ts';
import {
  MAX_RESULTS,
  pdfEngines,
  readPdfEngine,
  readWebSearch,
  toDomain,
  writePdfEngine,
  writeWebSearch,
  type DomainRule,
  type WebSearch,
} from '../../settings/web-search.ts';
import { Checkbox } from '../ui/Checkbox.tsx';
import { ChoiceField } from './ChoiceField.tsx';
import { Note } from './Note.tsx';
import { NumberField } from './NumberField.tsx';
import { PillChoice } from './PillChoice.tsx';
import type { ParameterProps } from './section-props.ts';
import { TextListField } from './TextListField.tsx';

const MAX_DOMAINS = 100;
const USUAL_RESULTS = 5;

/** Where the model may look things up, and how files are read for it. */
export function SearchFields({ model, parameters, onChange }: ParameterProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const search = readWebSearch(parameters);
  const priceUsd = Number(model?.pricing.web_search ?? Number.NaN);
  const set = (change: Partial<WebSearch>) =>
    onChange(
      writeWebSearch(parameters, { ...(search ?? { maxResults: null, domains: null }), ...change }),
    );
  return (
    <>
      <div>
        <Checkbox
          checked={search !== null}
          onChange={(isOn) => {
            if (isOn) set({});
            else onChange(writeWebSearch(parameters, null));
          }}
        >
          {t('settings.webSearch')}
        </Checkbox>
        <p className="pl-7.5 text-tiny text-ink-faint">
          {priceUsd > 0
            ? t('settings.webSearchPrice', { price: format.price(priceUsd) })
            : t('settings.webSearchHint')}
        </p>
      </div>
      {search !== null && takes(model, 'tools') === false && (
        <Note>{t('settings.webSearchNoTools')}</Note>
      )}
      {search !== null && (
        <>
          <NumberField
            name="max-results"
            label={t('settings.maxResults')}
            placeholder={t('settings.modelDefault', { value: USUAL_RESULTS })}
            range={{ min: 1, max: MAX_RESULTS, isWhole: true }}
            step={1}
            start={USUAL_RESULTS}
            value={search.maxResults}
            onChange={(maxResults) => set({ maxResults })}
          />
          <DomainFields domains={search.domains} onChange={(domains) => set({ domains })} />
        </>
      )}
      <ChoiceField
        label={t('settings.pdfEngine')}
        hint={t('settings.pdfHint')}
        value={readPdfEngine(parameters) ?? 'default'}
        options={[
          { value: 'default', label: t('settings.pdf_default') },
          ...pdfEngines.map((value) => ({ value, label: t(`settings.pdf_${value}`) })),
        ]}
        onChange={(engine) =>
          onChange(writePdfEngine(parameters, engine === 'default' ? null : engine))
        }
      />
    </>
  );
}

function DomainFields({
  domains,
  onChange,
}: {
  domains: WebSearch['domains'];
  onChange: (domains: WebSearch['domains']) => void;
}) {
  const { t } = useTranslation();
  // A rule without a domain is none, so the choice is remembered here until the first one is there.
  const [type, setType] = useState<DomainRule['type'] | 'any'>(domains?.type ?? 'any');
  const shown = domains?.type ?? type;
  const listed = domains?.domains ?? [];
  return (
    <div className="space-y-3">
      <PillChoice
        label={t('settings.domains')}
        value={shown}
        options={[
          { value: 'any', label: t('settings.domainsAny') },
          { value: 'only', label: t('settings.domainsOnly') },
          { value: 'except', label: t('settings.domainsExcept') },
        ]}
        onChange={(next) => {
          setType(next);
          onChange(next === 'any' || listed.length === 0 ? null : { type: next, domains: listed });
        }}
      />
      {shown !== 'any' && (
        <TextListField
          name="domains"
          label={t('settings.domain')}
          placeholder={t('settings.domainPlaceholder')}
          items={listed}
          read={toDomain}
          wrong={t('settings.domainWrong')}
          maxItems={MAX_DOMAINS}
          full={t('settings.stopFull', { count: MAX_DOMAINS })}
          onChange={(items) =>
            onChange(items.length === 0 ? null : { type: shown, domains: items })
          }
        />
      )}
    </div>
  );
}
