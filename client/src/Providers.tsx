import {
  AgentsProvider,
  ChatsProvider,
  FilesProvider,
  KeysProvider,
  OpenRouterProvider,
  PreferencesProvider,
  TokensProvider,
} from '@openrouter-native/react';
import { QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ServicesContext } from './services-context.ts';
import type { Services } from './services.ts';

/** Gives all hooks below it what they talk to; a test gives it services of another origin. */
export function Providers({ services, children }: { services: Services; children: ReactNode }) {
  return (
    <ServicesContext value={services}>
      <QueryClientProvider client={services.queryClient}>
        <OpenRouterProvider api={services.openrouter}>
          <ChatsProvider api={services.chats}>
            <FilesProvider api={services.files}>
              <PreferencesProvider api={services.preferences}>
                <AgentsProvider api={services.agents}>
                  <KeysProvider api={services.keys}>
                    <TokensProvider api={services.tokens}>{children}</TokensProvider>
                  </KeysProvider>
                </AgentsProvider>
              </PreferencesProvider>
            </FilesProvider>
          </ChatsProvider>
        </OpenRouterProvider>
      </QueryClientProvider>
    </ServicesContext>
  );
}
