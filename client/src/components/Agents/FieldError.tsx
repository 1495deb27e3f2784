import type { AgentField } from '@openrouter-native/react';
import { CircleAlert } from 'lucide-react';
import { fieldId } from './field-id.ts';

/** What keeps a field from being saved, below it. */
export function FieldError({ field, error }: { field: AgentField; error: string | null }) {
  if (error === null) return null;
  return (
    <p id={`${fieldId(field)}-error`} className="flex gap-1.5 text-small text-bad wrap-anywhere">
      <CircleAlert size={15} aria-hidden="true" className="mt-px shrink-0" />
      {error}
    </p>
  );
}
