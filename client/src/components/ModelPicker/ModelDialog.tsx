import { Dialog, DialogHeading } from '@ariakit/react';
import { useModels } from '@openrouter-native/react';
import { lazy, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorCard } from '../ui/ErrorCard.tsx';
import { whenIdle } from '../ui/when-idle.ts';

const load = () => import('./ModelSearch.tsx');

/** Fetched while the page is idle, so that it is there when the dialog opens. */
const ModelSearch = lazy(async () => {
  const { ModelSearch: component } = await load();
  return { default: component };
});

export interface ModelDialogProps {
  title: string;
  /** `null` for none. */
  chosenId: string | null;
  /** Whether the choice may be left to OpenRouter. */
  offersAuto?: boolean;
  onChoose: (id: string) => void;
}

/** The dialog in which a model is chosen; stands in a `DialogProvider`, beside the button that opens it. */
export function ModelDialog(props: ModelDialogProps) {
  const { title, chosenId, offersAuto = true, onChoose } = props;
  const { t } = useTranslation();
  const { data: catalogue, error, isFetching, refresh } = useModels();

  useEffect(() => whenIdle(load), []);

  return (
    <Dialog
      unmountOnHide
      backdrop={<div className="bg-backdrop" />}
      className="fixed inset-0 z-40 m-auto flex flex-col overflow-hidden bg-surface shadow-float outline-none sm:top-[8dvh] sm:bottom-auto sm:h-[min(44rem,82dvh)] sm:w-[min(52rem,calc(100vw-3rem))] sm:animate-enter sm:rounded-xl"
    >
      <DialogHeading className="sr-only">{title}</DialogHeading>
      {catalogue ? (
        <Suspense>
          <ModelSearch
            catalogue={catalogue}
            chosenId={chosenId}
            offersAuto={offersAuto}
            isRefreshing={isFetching}
            onRefresh={() => void refresh()}
            onChoose={onChoose}
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
  );
}
