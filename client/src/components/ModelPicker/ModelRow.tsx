import type { Model } from '@openrouter-native/protocol';
import { Check } from 'lucide-react';
import { memo } from 'react';
import { authorOf, shortName } from '../../models/facts.ts';
import { AuthorMark } from '../ui/AuthorMark.tsx';
import { CapabilityColumn } from './CapabilityColumn.tsx';
import type { RowFormat } from './row-format.ts';

/** Shared by the rows and the column heads above them. */
export const COLUMNS = 'sm:grid sm:grid-cols-[minmax(0,1fr)_6.5rem_4rem_5rem_5rem] sm:items-center';

/**
 * What one option shows: name and id, capabilities, context, price in and out per million tokens. Uses
 * no hook, and what stays the same from model to model is never drawn again: a dozen of these are
 * drawn with each key that is pressed.
 */
export const ModelRow = memo(function ModelRow({
  model,
  isChosen,
  isNarrow,
  row,
}: {
  model: Model;
  isChosen: boolean;
  isNarrow: boolean;
  row: RowFormat;
}) {
  const { texts } = row;
  return (
    <div className={`flex h-full flex-col justify-center gap-1 px-3 sm:gap-3 ${COLUMNS}`}>
      <div className="flex min-w-0 items-center gap-3">
        <AuthorMark author={authorOf(model)} size={30} />
        <div className="min-w-0 flex-1">
          <p className="truncate font-medium">{shortName(model)}</p>
          <p className="truncate font-mono text-tiny text-ink-faint">{model.id}</p>
        </div>
        {isChosen && (
          <>
            <Check size={15} aria-hidden="true" className="shrink-0 text-accent-ink" />
            <span className="sr-only">, {texts.chosen}</span>
          </>
        )}
      </div>
      <div className="flex items-center gap-3 pl-10.5 text-small text-ink-soft tabular-nums sm:contents">
        <span className="order-last ml-auto sm:order-none sm:ml-0">
          <CapabilityColumn model={model} isNarrow={isNarrow} row={row} />
        </span>
        <Figure words={texts.context}>{row.context(model)}</Figure>
        <Figure words={texts.inPerMillion} unit={texts.inShort}>
          {row.price(model.pricing.prompt)}
        </Figure>
        <Figure words={texts.outPerMillion} unit={texts.outShort}>
          {row.price(model.pricing.completion)}
        </Figure>
      </div>
    </div>
  );
});

/** One figure: under a column head on a wide screen, with its unit on a narrow one. */
function Figure({ words, unit, children }: { words: string; unit?: string; children: string }) {
  return (
    <span className="whitespace-nowrap sm:text-right">
      {children}
      <span className="sr-only"> {words},</span>
      {unit && (
        <span aria-hidden="true" className="ml-1 text-ink-faint sm:hidden">
          {unit}
        </span>
      )}
    </span>
  );
}
