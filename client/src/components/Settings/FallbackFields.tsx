import { DialogDisclosure, DialogProvider } from '@ariakit/react';
import { Plus } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { shortName } from '../../models/facts.ts';
import { baseIdOf, variantOf } from '../../models/families.ts';
import { useModelIndex } from '../../models/useModelIndex.ts';
import {
  MAX_FALLBACKS,
  NO_PRESET,
  readChain,
  refusalOf,
  writeChain,
  type ChainRefusal,
  type FallbackChain,
} from '../../settings/fallback-chain.ts';
import { ModelDialog } from '../ModelPicker/ModelDialog.tsx';
import { variantTexts } from '../ModelPicker/variant-texts.ts';
import { buttonClass } from '../ui/Button.tsx';
import { Checkbox } from '../ui/Checkbox.tsx';
import { AdminChainField } from './AdminChainField.tsx';
import { FallbackFacts } from './FallbackFacts.tsx';
import { Note } from './Note.tsx';
import { OrderedList } from './OrderedList.tsx';
import type { ParameterProps } from './section-props.ts';

const REFUSALS = {
  full: 'settings.refusedFull',
  chosen: 'settings.refusedChosen',
  twice: 'settings.refusedTwice',
  router: 'settings.refusedRouter',
} as const satisfies Record<NonNullable<ChainRefusal>, string>;

/** The models that answer when the chosen one fails, best first. */
export function FallbackFields({ modelId, model, parameters, onChange }: ParameterProps) {
  const { t } = useTranslation();
  const addId = useId();
  const { byId } = useModelIndex();
  const [isOpen, setIsOpen] = useState(false);
  const [news, setNews] = useState('');
  const [refusal, setRefusal] = useState<string | null>(null);
  const chain = readChain(parameters);
  const isFull = chain.models.length >= MAX_FALLBACKS;
  const set = (change: Partial<FallbackChain>) =>
    onChange(writeChain(parameters, { ...chain, ...change }));

  function nameOf(id: string): string {
    const row = byId.get(id) ?? byId.get(baseIdOf(id));
    const variant = variantOf(id);
    if (!row) return id;
    const isOwnRow = row.id === id;
    return variant === 'standard' || isOwnRow
      ? shortName(row)
      : `${shortName(row)} ${t(variantTexts[variant][0])}`;
  }

  function add(id: string) {
    const why = refusalOf(chain.models, modelId, id);
    setIsOpen(false);
    setRefusal(why && t(REFUSALS[why], { name: nameOf(id), count: MAX_FALLBACKS }));
    if (why !== null) return;
    set({ models: [...chain.models, id] });
    setNews(t('settings.added', { name: nameOf(id) }));
  }

  return (
    <>
      <p className="text-tiny text-ink-faint">
        {t('settings.fallbacksHint', { count: MAX_FALLBACKS })}
      </p>
      <div className="space-y-1.5">
        <p className="flex items-baseline gap-2 px-1 text-small">
          <span className="min-w-0 flex-1 truncate font-medium">{nameOf(modelId)}</span>
          <span className="text-tiny text-ink-faint">{t('settings.chosenModel')}</span>
        </p>
        {chain.models.length > 0 && (
          <OrderedList
            label={t('settings.fallbacks')}
            items={chain.models}
            first={2}
            nameOf={nameOf}
            renderFacts={(id) => (
              <FallbackFacts
                chosen={model}
                other={byId.get(id) ?? byId.get(baseIdOf(id))}
                parameters={parameters}
              />
            )}
            onChange={(models) => {
              setRefusal(null);
              set({ models });
            }}
            onEmptied={() => document.getElementById(addId)?.focus()}
          />
        )}
      </div>
      {refusal !== null && <Note>{refusal}</Note>}
      <DialogProvider open={isOpen} setOpen={setIsOpen}>
        <DialogDisclosure
          id={addId}
          className={buttonClass('outline')}
          toggleOnClick={!isFull}
          aria-disabled={isFull}
          title={isFull ? t('settings.refusedFull', { count: MAX_FALLBACKS }) : undefined}
        >
          <Plus size={15} aria-hidden="true" />
          {t('settings.addModel')}
        </DialogDisclosure>
        <ModelDialog
          title={t('settings.addModelTitle')}
          chosenId={null}
          offersAuto={false}
          onChoose={add}
        />
      </DialogProvider>
      <p role="status" className="sr-only">
        {news}
      </p>
      <AdminChainField
        preset={chain.preset}
        nameOf={nameOf}
        onChange={(preset) => set({ preset })}
      />
      {chain.preset !== NO_PRESET && (
        <Checkbox checked={chain.allowsDearer} onChange={(allowsDearer) => set({ allowsDearer })}>
          {t('settings.allowDearer')}
        </Checkbox>
      )}
    </>
  );
}
