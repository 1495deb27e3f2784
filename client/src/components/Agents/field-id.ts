import type { AgentField } from '@openrouter-native/react';

/** Id of the control that holds a field, so that a refusal can lead there. */
export function fieldId(field: AgentField): string {
  return `agent-${field.replaceAll('_', '-')}`;
}

/** What a control refers to with `aria-describedby`. */
export function notesOf(
  field: AgentField,
  { hint, error }: { hint?: string | undefined; error: string | null },
): string | undefined {
  const ids = [hint && `${fieldId(field)}-hint`, error !== null && `${fieldId(field)}-error`];
  return ids.filter(Boolean).join(' ') || undefined;
}
