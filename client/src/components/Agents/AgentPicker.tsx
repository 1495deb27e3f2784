import { Dialog, DialogDisclosure, DialogHeading, DialogProvider } from '@ariakit/react';
import { useAgent } from '@openrouter-native/react';
import { ChevronDown } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { textsAreThere } from '../../i18n/late-texts.ts';
import { AgentMark } from './AgentMark.tsx';

/** Fetches the dialog before it is opened. */
export function loadAgentSearch() {
  return import('./AgentSearch.tsx');
}

const AgentSearch = lazy(async () => {
  const [{ AgentSearch: component }] = await Promise.all([loadAgentSearch(), textsAreThere()]);
  return { default: component };
});

/** The button with the chosen agent, and the dialog in which another one is chosen. */
export function AgentPicker({
  chosenId,
  isOpen,
  setIsOpen,
  onChoose,
}: {
  chosenId: string | null;
  isOpen: boolean;
  setIsOpen: (isOpen: boolean) => void;
  onChoose: (id: string) => void;
}) {
  const { t } = useTranslation();
  const { data: agent, error } = useAgent(chosenId);

  return (
    <DialogProvider open={isOpen} setOpen={setIsOpen}>
      <DialogDisclosure className="inline-flex min-h-9 min-w-0 items-center gap-2 rounded-md px-2.5 text-body font-medium transition-colors hover:bg-hover aria-expanded:bg-hover touch:min-h-11">
        {agent && <AgentMark name={agent.name} size={20} />}
        <span className="truncate">
          <span className="sr-only">{t('chat.agentLabel')}</span>
          {agent && (agent.name ?? t('chat.agentUnnamed'))}
          {!agent && chosenId === null && t('chat.agentChoose')}
          {!agent && chosenId !== null && t(error ? 'chat.agentUnavailable' : 'common.loading')}
        </span>
        <ChevronDown size={16} aria-hidden="true" className="shrink-0 opacity-70" />
      </DialogDisclosure>
      <Dialog
        unmountOnHide
        backdrop={<div className="bg-backdrop" />}
        className="fixed inset-0 z-40 m-auto flex flex-col overflow-hidden bg-surface shadow-float outline-none sm:top-[8dvh] sm:bottom-auto sm:h-[min(34rem,82dvh)] sm:w-[min(36rem,calc(100vw-3rem))] sm:animate-enter sm:rounded-xl"
      >
        <DialogHeading className="sr-only">{t('chat.agentChoose')}</DialogHeading>
        <Suspense>
          <AgentSearch chosenId={chosenId} onChoose={onChoose} onClose={() => setIsOpen(false)} />
        </Suspense>
      </Dialog>
    </DialogProvider>
  );
}
