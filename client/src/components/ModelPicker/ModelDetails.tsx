import { useFavoriteModels } from '@openrouter-native/react';
import { Scale, Star } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import type { ModelFamily } from '../../models/families.ts';
import { authorOf, shortName } from '../../models/facts.ts';
import { AuthorMark } from '../ui/AuthorMark.tsx';
import { Button } from '../ui/Button.tsx';
import { CapabilityIcons } from './CapabilityIcons.tsx';
import { EndpointList } from './EndpointList.tsx';
import { factsOf } from './model-facts.ts';
import { usePriceText } from './usePriceText.ts';
import { VariantChoice } from './VariantChoice.tsx';

export interface ModelDetailsProps {
  family: ModelFamily;
  chosenId: string | null;
  isCompared: boolean;
  canCompare: boolean;
  onChoose: (id: string) => void;
  onCompare: () => void;
}

/** All that is known of one model, and the ways to ask for it. */
export function ModelDetails(props: ModelDetailsProps) {
  const { family, chosenId, isCompared, canCompare, onChoose, onCompare } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const priceText = usePriceText();
  const { models: favorites, toggle } = useFavoriteModels();
  const { model } = family;
  const isFavorite = favorites.includes(model.id);
  const description = typeof model['description'] === 'string' ? model['description'] : '';
  return (
    <article
      aria-label={t('picker.detailsOf', { model: shortName(model) })}
      className="space-y-5 p-5"
    >
      <header className="space-y-3">
        <div className="flex items-center gap-3">
          <AuthorMark author={authorOf(model)} size={36} />
          <div className="min-w-0">
            <h2 className="truncate text-title font-semibold">{shortName(model)}</h2>
            <p className="truncate font-mono text-tiny text-ink-faint">{model.id}</p>
          </div>
        </div>
        <CapabilityIcons model={model} t={t} />
        <p className="flex flex-wrap gap-2">
          <Button look="primary" onClick={() => onChoose(model.id)}>
            {t('picker.choose')}
          </Button>
          <Button aria-pressed={isFavorite} onClick={() => toggle(model.id)}>
            <Star size={15} aria-hidden="true" fill={isFavorite ? 'currentColor' : 'none'} />
            {t(isFavorite ? 'picker.unfavorite' : 'picker.favorite')}
          </Button>
          <Button
            aria-disabled={!isCompared && !canCompare}
            title={!isCompared && !canCompare ? t('picker.comparisonFull') : undefined}
            onClick={() => {
              if (isCompared || canCompare) onCompare();
            }}
          >
            <Scale size={15} aria-hidden="true" />
            {t(isCompared ? 'picker.removeFromComparison' : 'picker.addToComparison')}
          </Button>
        </p>
      </header>
      {description && <p className="text-small wrap-anywhere text-ink-soft">{description}</p>}
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-5 gap-y-1.5 text-small">
        <Fact label={t('picker.columnIn')} value={priceText(model.pricing.prompt)} />
        <Fact label={t('picker.columnOut')} value={priceText(model.pricing.completion)} />
        {factsOf(model, t, format).map(({ label, value }) => (
          <Fact key={label} label={label} value={value} />
        ))}
      </dl>
      <VariantChoice family={family} chosenId={chosenId} onChoose={onChoose} />
      <section className="space-y-1.5">
        <h3 className="text-tiny font-medium text-ink-faint">{t('picker.providers')}</h3>
        <EndpointList modelId={model.id} />
      </section>
      {model.supported_parameters && model.supported_parameters.length > 0 && (
        <section className="space-y-1.5">
          <h3 className="text-tiny font-medium text-ink-faint">{t('picker.parameters')}</h3>
          <p className="font-mono text-tiny leading-5 wrap-anywhere text-ink-soft">
            {model.supported_parameters.join(' · ')}
          </p>
        </section>
      )}
    </article>
  );
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <>
      <dt className="text-ink-faint">{label}</dt>
      <dd className="tabular-nums">{value}</dd>
    </>
  );
}
