import { Dialog, DialogDisclosure, DialogHeading, DialogProvider } from '@ariakit/react';
import { useModels } from '@openrouter-native/react';
import { ChevronDown } from 'lucide-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { baseIdOf, variantOf } from '../../models/families.ts';
import { authorOf, shortName } from '../../models/facts.ts';
import { AuthorMark } from '../ui/AuthorMark.tsx';
import { ErrorCard } from '../ui/ErrorCard.tsx';
import { variantTexts } from './variant-texts.ts';

const load = () => import('./ModelSearch.tsx');

/** Fetched while the page is idle, so that it is there when the dialog opens. */
const ModelSearch = lazy(async () => {
  const { ModelSearch: component } = await load();
  return { default: component };
});

/** The button with the chosen model, and the dialog in which another one is chosen. */
export function ModelPicker({
  chosenId,
  onChoose,
}: {
  chosenId: string | null;
  onChoose: (id: string) => void;
}) {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const { data: catalogue, error, isFetching, refresh } = useModels();
  const chosen = catalogue?.models.find(({ id }) => chosenId && id === baseIdOf(chosenId));
  const variant = chosenId === null ? 'standard' : variantOf(chosenId);

  useEffect(() => void load(), []);

  function choose(id: string) {
    onChoose(id);
    setIsOpen(false);
  }

  return (
    <DialogProvider open={isOpen} setOpen={setIsOpen}>
      <DialogDisclosure
        className={`inline-flex min-h-9 min-w-0 items-center gap-2 rounded-md px-2.5 text-body font-medium transition-colors hover:bg-hover aria-expanded:bg-hover touch:min-h-11 ${chosenId === null ? 'bg-accent-soft text-accent-ink' : ''}`}
      >
        {chosen && <AuthorMark author={authorOf(chosen)} size={20} />}
        <span className="truncate">
          <span className="sr-only">{t('picker.model')}</span>
          {chosen ? shortName(chosen) : (chosenId ?? t('picker.title'))}
          {chosen && variant !== 'standard' && (
            <span className="font-normal text-ink-faint"> {t(variantTexts[variant][0])}</span>
          )}
        </span>
        <ChevronDown size={16} aria-hidden="true" className="shrink-0 opacity-70" />
      </DialogDisclosure>
      <Dialog
        unmountOnHide
        backdrop={<div className="bg-backdrop" />}
        className="fixed inset-0 z-40 m-auto flex flex-col overflow-hidden bg-surface shadow-float outline-none sm:top-[8dvh] sm:bottom-auto sm:h-[min(44rem,82dvh)] sm:w-[min(52rem,calc(100vw-3rem))] sm:animate-enter sm:rounded-xl"
      >
        <DialogHeading className="sr-only">{t('picker.title')}</DialogHeading>
        {catalogue ? (
          <Suspense>
            <ModelSearch
              catalogue={catalogue}
              chosenId={chosenId}
              isRefreshing={isFetching}
              onRefresh={() => void refresh()}
              onChoose={choose}
            />
          </Suspense>
        ) : (
          <div className="p-6">
            {error ? (
              <ErrorCard error={error.details} onRetry={() => void refresh()} announce />
            ) : (
              <p role="status" className="text-ink-soft">
                {t('picker.loading')}
              </p>
            )}
          </div>
        )}
      </Dialog>
    </DialogProvider>
  );
}
