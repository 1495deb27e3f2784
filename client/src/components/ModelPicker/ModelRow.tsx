import type { Model } from '@openrouter-native/protocol';
import type { TFunction } from 'i18next';
import { Check } from 'lucide-react';
import { memo } from 'react';
import type { Format } from '../../format/format.ts';
import { authorOf, shortName } from '../../models/facts.ts';
import { AuthorMark } from '../ui/AuthorMark.tsx';
import { CapabilityIcons } from './CapabilityIcons.tsx';
import { priceText } from './price-text.ts';

/** Shared by the rows and the column heads above them. */
export const COLUMNS = 'sm:grid sm:grid-cols-[minmax(0,1fr)_6.5rem_4rem_5rem_5rem] sm:items-center';

/**
 * What one option shows: name and id, capabilities, context, price in and out per million tokens. Uses
 * no hook, since a dozen of these are drawn with each key that is pressed.
 */
export const ModelRow = memo(function ModelRow({
  model,
  isChosen,
  t,
  format,
}: {
  model: Model;
  isChosen: boolean;
  t: TFunction;
  format: Format;
}) {
  const { prompt, completion } = model.pricing;
  return (
    <div className={`flex h-full flex-col justify-center gap-1 px-3 sm:gap-3 ${COLUMNS}`}>
      <div className="flex min-w-0 items-center gap-3">
        <AuthorMark author={authorOf(model)} size={30} />
        <div className="min-w-0 flex-1">
          <p className="flex items-center gap-1.5">
            <span className="truncate font-medium">{shortName(model)}</span>
            {isChosen && (
              <>
                <Check size={15} aria-hidden="true" className="shrink-0 text-accent-ink" />
                <span className="sr-only">, {t('picker.chosen')}</span>
              </>
            )}
          </p>
          <p className="truncate font-mono text-tiny text-ink-faint">{model.id}</p>
        </div>
      </div>
      <div className="flex items-center gap-3 pl-10.5 text-small text-ink-soft tabular-nums sm:contents">
        <span className="order-last ml-auto sm:order-none sm:ml-0 sm:justify-self-end">
          <CapabilityIcons model={model} t={t} />
        </span>
        <Fact words={t('picker.context')} unit="">
          {model.context_length == null ? t('common.unknown') : format.tokens(model.context_length)}
        </Fact>
        <Fact words={t('picker.inPerMillion')} unit={t('picker.inShort')}>
          {priceText(prompt, t, format)}
        </Fact>
        <Fact words={t('picker.outPerMillion')} unit={t('picker.outShort')}>
          {priceText(completion, t, format)}
        </Fact>
      </div>
    </div>
  );
});

/** One figure: under a column head on a wide screen, with its unit on a narrow one. */
function Fact({ words, unit, children }: { words: string; unit: string; children: string }) {
  return (
    <span className="whitespace-nowrap sm:justify-self-end">
      <span className="sr-only">, </span>
      {children}
      <span className="sr-only"> {words}</span>
      {unit && (
        <span aria-hidden="true" className="text-ink-faint sm:hidden">
          {' '}
          {unit}
        </span>
      )}
    </span>
  );
}
