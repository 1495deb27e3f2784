import type { Model } from '@openrouter-native/protocol';
import type { TFunction } from 'i18next';
import { capabilitiesOf } from '../../models/facts.ts';
import { CapabilityPicture } from './CapabilityPicture.tsx';

/** One small picture per capability; the words are for screen readers and for the pointer. */
export function CapabilityIcons({ model, t }: { model: Model; t: TFunction }) {
  const has = capabilitiesOf(model);
  const words = has.map((capability) => t(`picker.${capability}`)).join(', ');
  return (
    <span className="flex items-center text-ink-faint" title={words}>
      <CapabilityPicture has={has} />
      <span className="sr-only">{`, ${words}`}</span>
    </span>
  );
}
