import type { Message } from '@openrouter-native/protocol';
import { ChevronRight } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import type { ModelIndex } from '../../models/useModelIndex.ts';
import { costText } from './receipt-facts.ts';
import { ReceiptDetails } from './ReceiptDetails.tsx';
import { servedNames } from './served-names.ts';

/** What an answer was: one line with the model that gave it and what it cost, which opens to the rest. */
export function Receipt({ message, index }: { message: Message; index: ModelIndex }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [isOpen, setIsOpen] = useState(false);
  const detailsId = useId();
  const { served, requested } = servedNames(message, index);
  const { usage, steps = [] } = message;
  if (steps.length === 0 && served === null) return null; // Nobody was asked.

  const model = served && (requested ? `${requested} → ${served}` : served);
  const cost = usage?.cost == null ? t('chat.costUnknown') : costText(usage, t, format);
  return (
    <>
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={detailsId}
        onClick={() => setIsOpen(!isOpen)}
        className="inline-flex min-h-9 min-w-0 items-center gap-1.5 rounded-md px-2 text-left tabular-nums transition-colors hover:bg-hover hover:text-ink touch:min-h-11"
      >
        <span className="sr-only">{t('chat.receipt')}: </span>
        {model !== null && (
          <>
            <span className="truncate">{model}</span>
            <span aria-hidden="true">·</span>
          </>
        )}
        <span className="whitespace-nowrap">{cost}</span>
        <ChevronRight
          size={14}
          aria-hidden="true"
          className={`shrink-0 transition-transform ${isOpen ? 'rotate-90' : ''}`}
        />
      </button>
      <div id={detailsId} hidden={!isOpen} className="basis-full">
        {isOpen && <ReceiptDetails message={message} index={index} />}
      </div>
    </>
  );
}
