import type { Model } from '@openrouter-native/protocol';
import { capabilities, capabilitiesOf } from '../../models/facts.ts';
import { capabilityIcons } from './CapabilityIcons.tsx';
import type { RowFormat } from './row-format.ts';

/** Drawn once: a row that comes to show another model only shows or hides them. */
const pictures = capabilities.map((capability) => {
  const Icon = capabilityIcons[capability];
  return [capability, <Icon key="icon" size={14} />] as const;
});

/** Every capability at its own place, so that the eye can run down a column. */
export function CapabilityColumn({ model, row }: { model: Model; row: RowFormat }) {
  const has = capabilitiesOf(model);
  return (
    <>
      <span aria-hidden="true" className="flex items-center justify-end gap-1.5 text-ink-faint">
        {pictures.map(([capability, picture]) => (
          <span
            key={capability}
            title={row.texts.capability[capability]}
            className={has.includes(capability) ? '' : 'hidden sm:invisible sm:inline'}
          >
            {picture}
          </span>
        ))}
      </span>
      <span className="sr-only">
        , {has.map((capability) => `${row.texts.capability[capability]}, `).join('')}
      </span>
    </>
  );
}
