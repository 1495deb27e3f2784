import type { HostConfig, User } from '@openrouter-native/protocol';
import { toApiError, type ChatSession } from '@openrouter-native/react';
import { SquarePen } from 'lucide-react';
import { Chat } from '../components/Chat/Chat.tsx';
import { NoProvider } from '../components/Chat/NoProvider.tsx';
import { CreditBalance } from '../components/CreditBalance/CreditBalance.tsx';
import { Header } from '../components/Header/Header.tsx';
import { ProviderSelect } from '../components/Header/ProviderSelect.tsx';
import { ModelPicker } from '../components/ModelPicker/ModelPicker.tsx';
import { SimulatorBanner } from '../components/SimulatorBanner.tsx';
import { SkipLink } from '../components/SkipLink.tsx';
import { ErrorCard } from '../components/ui/ErrorCard.tsx';
import { IconButton } from '../components/ui/IconButton.tsx';
import { useEndpoints } from '../host/queries.ts';
import { useChosenModel } from '../models/useChosenModel.ts';

/** `session` is the conversation, which outlives the page. */
export interface ChatPageProps {
  config: HostConfig;
  user: User;
  session: ChatSession;
}

/** Provider, model and balance at the top, the conversation below. */
export function ChatPage({ config, user, session }: ChatPageProps) {
  const { data: endpoints, error, refetch } = useEndpoints();
  const [model, chooseModel] = useChosenModel();
  const hasOpenRouter = endpoints?.openrouter != null;
  const isSimulated = config.openrouter.mode === 'simulator';

  return (
    <div className="flex h-dvh flex-col">
      <title>{config.appTitle}</title>
      <SkipLink targetId="chat">Skip to the conversation</SkipLink>
      <Header
        appTitle={config.appTitle}
        user={user}
        actions={
          <>
            {hasOpenRouter && <CreditBalance />}
            <IconButton label="New chat" icon={<SquarePen size={18} />} onClick={session.clear} />
          </>
        }
      >
        {hasOpenRouter && (
          <>
            <ProviderSelect
              providers={[
                {
                  id: 'openrouter',
                  label: 'OpenRouter',
                  hint: isSimulated ? 'The embedded simulator' : 'Hundreds of models, one key',
                },
              ]}
            />
            <span aria-hidden="true" className="text-line-strong">
              /
            </span>
            <ModelPicker chosenId={model} onChoose={chooseModel} />
          </>
        )}
      </Header>
      {isSimulated && hasOpenRouter && <SimulatorBanner />}
      <main id="chat" tabIndex={-1} className="flex min-h-0 flex-1 flex-col outline-none">
        <h1 className="sr-only">Chat</h1>
        {hasOpenRouter && <Chat session={session} model={model} userName={user.name} />}
        {endpoints && !hasOpenRouter && <NoProvider isAdmin={user.role === 'ADMIN'} />}
        {error && !endpoints && (
          <div className="m-auto w-full max-w-120 px-5">
            <ErrorCard error={toApiError(error).details} onRetry={() => void refetch()} announce />
          </div>
        )}
      </main>
    </div>
  );
}
