import type { Model } from '@openrouter-native/protocol';
import type { TFunction } from 'i18next';
import { AudioLines, Brain, Eye, FileText, ImagePlus, Wrench, type LucideIcon } from 'lucide-react';
import { capabilitiesOf, type Capability } from '../../models/facts.ts';

export const capabilityIcons: Record<Capability, LucideIcon> = {
  vision: Eye,
  files: FileText,
  audio: AudioLines,
  tools: Wrench,
  reasoning: Brain,
  images: ImagePlus,
};

/** One small picture per capability; the words are for screen readers and for the pointer. */
export function CapabilityIcons({ model, t }: { model: Model; t: TFunction }) {
  return (
    <span className="flex items-center gap-1.5 text-ink-faint">
      {capabilitiesOf(model).map((capability) => {
        const Icon = capabilityIcons[capability];
        const label = t(`picker.${capability}`);
        return (
          <span key={capability} title={label}>
            <Icon size={14} aria-hidden="true" />
            <span className="sr-only">, {label}</span>
          </span>
        );
      })}
    </span>
  );
}
