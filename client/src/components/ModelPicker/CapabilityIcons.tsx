import type { Model } from '@openrouter-native/protocol';
import { AudioLines, Brain, Eye, FileText, ImagePlus, Wrench, type LucideIcon } from 'lucide-react';
import { capabilitiesOf, capabilityLabels, type Capability } from '../../models/facts.ts';

const icons: Record<Capability, LucideIcon> = {
  vision: Eye,
  files: FileText,
  audio: AudioLines,
  tools: Wrench,
  reasoning: Brain,
  images: ImagePlus,
};

/** One small picture per capability; the words are for screen readers and for the pointer. */
export function CapabilityIcons({ model }: { model: Model }) {
  return (
    <span className="flex items-center gap-1.5 text-ink-faint">
      {capabilitiesOf(model).map((capability) => {
        const Icon = icons[capability];
        return (
          <span key={capability} title={capabilityLabels[capability]}>
            <Icon size={14} aria-hidden="true" />
            <span className="sr-only">, {capabilityLabels[capability]}</span>
          </span>
        );
      })}
    </span>
  );
}
