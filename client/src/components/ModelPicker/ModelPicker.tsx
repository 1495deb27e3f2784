import { Dialog, DialogDisclosure, DialogHeading, DialogProvider } from '@ariakit/react';
import type { Model } from '@openrouter-native/protocol';
import { useModels } from '@openrouter-native/react';
import { ChevronDown } from 'lucide-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import { authorOf, shortName } from '../../models/facts.ts';
import { AuthorMark } from '../ui/AuthorMark.tsx';
import { ErrorCard } from '../ui/ErrorCard.tsx';

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
  const [isOpen, setIsOpen] = useState(false);
  const { data: catalogue, error, isFetching, refresh } = useModels();
  const chosen = catalogue?.models.find(({ id }) => id === chosenId);

  useEffect(() => void load(), []);

  function choose(model: Model) {
    onChoose(model.id);
    setIsOpen(false);
  }

  return (
    <DialogProvider open={isOpen} setOpen={setIsOpen}>
      <DialogDisclosure
        className={`inline-flex min-h-9 min-w-0 items-center gap-2 rounded-md px-2.5 text-body font-medium transition-colors hover:bg-hover aria-expanded:bg-hover touch:min-h-11 ${chosenId === null ? 'bg-accent-soft text-accent-ink' : ''}`}
      >
        {chosen && <AuthorMark author={authorOf(chosen)} size={20} />}
        <span className="truncate">
          <span className="sr-only">Model: </span>
          {chosen ? shortName(chosen) : (chosenId ?? 'Choose a model')}
        </span>
        <ChevronDown size={16} aria-hidden="true" className="shrink-0 opacity-70" />
      </DialogDisclosure>
      <Dialog
        unmountOnHide
        backdrop={<div className="bg-backdrop" />}
        className="fixed inset-0 z-40 m-auto flex flex-col overflow-hidden bg-surface shadow-float outline-none sm:top-[10dvh] sm:bottom-auto sm:h-[min(40rem,78dvh)] sm:w-[min(47rem,calc(100vw-3rem))] sm:animate-enter sm:rounded-xl"
      >
        <DialogHeading className="sr-only">Choose a model</DialogHeading>
        {catalogue ? (
          <Suspense>
            <ModelSearch
              catalogue={catalogue}
              chosenId={chosenId}
              isRefreshing={isFetching}
              onRefresh={() => void refresh()}
              onChoose={choose}
              onClose={() => setIsOpen(false)}
            />
          </Suspense>
        ) : (
          <div className="p-6">
            {error ? (
              <ErrorCard error={error.details} onRetry={() => void refresh()} announce />
            ) : (
              <p role="status" className="text-ink-soft">
                Loading the models …
              </p>
            )}
          </div>
        )}
      </Dialog>
    </DialogProvider>
  );
}
