import type { Model } from '@openrouter-native/protocol';
import { capabilitiesOf } from '../../models/facts.ts';
import { CapabilityPicture } from './CapabilityPicture.tsx';
import type { RowFormat } from './row-format.ts';

/** What a model can do: pictures for the eye, words for the pointer and for screen readers. */
export function CapabilityColumn({
  model,
  isNarrow,
  row,
}: {
  model: Model;
  isNarrow: boolean;
  row: RowFormat;
}) {
  const has = capabilitiesOf(model);
  const words = has.map((capability) => row.texts.capability[capability]);
  return (
    <span className="flex justify-end text-ink-faint" title={words.join(', ')}>
      <CapabilityPicture has={has} hasColumns={!isNarrow} />
      <span className="sr-only">{`, ${words.map((word) => `${word}, `).join('')}`}</span>
    </span>
  );
}
