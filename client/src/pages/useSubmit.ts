import type { ErrorBody } from '@openrouter-native/protocol';
import { toApiError } from '@openrouter-native/react';
import { useState, type FormEvent } from 'react';

/** A form that is sent: whether it is under way, and what came of the last attempt. */
export function useSubmit(send: (fields: FormData) => Promise<void>): {
  isSending: boolean;
  error: ErrorBody['error'] | null;
  onSubmit: (event: FormEvent<HTMLFormElement>) => void;
} {
  const [isSending, setIsSending] = useState(false);
  const [error, setError] = useState<ErrorBody['error'] | null>(null);

  async function submit(fields: FormData): Promise<void> {
    setIsSending(true);
    setError(null);
    try {
      await send(fields);
    } catch (cause) {
      setError(toApiError(cause).details);
    } finally {
      setIsSending(false);
    }
  }

  return {
    isSending,
    error,
    onSubmit(event) {
      event.preventDefault();
      if (!isSending) void submit(new FormData(event.currentTarget));
    },
  };
}

/** The text of a field; a file or a missing field counts as empty. */
export function textField(fields: FormData, name: string): string {
  const value = fields.get(name);
  return typeof value === 'string' ? value : '';
}
