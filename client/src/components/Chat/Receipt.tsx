import type { AssistantMessage } from '@openrouter-native/react';
import type { ModelIndex } from '../../models/useModelIndex.ts';
import { CopyButton } from '../ui/CopyButton.tsx';
import { servedNames, usageParts } from './receipt-parts.ts';

/** What an answer was: the model that gave it, the tokens, the money. */
export function Receipt({ message, index }: { message: AssistantMessage; index: ModelIndex }) {
  const { served, requested } = servedNames(message, index);
  const model = served && (requested ? `${requested} → ${served}` : served);
  const parts = [model, message.provider, ...usageParts(message)].filter((part) => part !== null);
  if (parts.length === 0 && message.text === '') return null;
  return (
    <div className="-ml-2 flex items-center gap-1 text-small text-ink-faint">
      {message.text !== '' && <CopyButton label="Copy answer" getText={() => message.text} />}
      <p className="flex flex-wrap gap-x-2 tabular-nums">
        {parts.map((part, position) => (
          <span key={part}>
            {part}
            {position < parts.length - 1 && (
              <span aria-hidden="true" className="ml-2">
                ·
              </span>
            )}
          </span>
        ))}
      </p>
    </div>
  );
}
