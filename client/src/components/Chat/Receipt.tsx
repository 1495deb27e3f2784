import type { Message } from '@openrouter-native/protocol';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import type { ModelIndex } from '../../models/useModelIndex.ts';
import { CopyButton } from '../ui/CopyButton.tsx';
import { servedNames, usageParts } from './receipt-parts.ts';

/** What an answer was: the model that gave it, the tokens, the money. `children` are further buttons. */
export function Receipt({
  message,
  index,
  children,
}: {
  message: Message;
  index: ModelIndex;
  children?: ReactNode;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { served, requested } = servedNames(message, index);
  const model = served && (requested ? `${requested} → ${served}` : served);
  const parts = [model, message.provider, ...usageParts(message, t, format)].filter(
    (part) => part != null,
  );
  return (
    <>
      {message.text !== '' && (
        <CopyButton label={t('chat.copyAnswer')} getText={() => message.text} />
      )}
      {children}
      <p className="flex flex-wrap gap-x-2 pl-1 tabular-nums">
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
    </>
  );
}
