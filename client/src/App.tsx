import {
  AgentsProvider,
  ChatsProvider,
  KeysProvider,
  FilesProvider,
  OpenRouterProvider,
  PreferencesProvider,
} from '@openrouter-native/react';
import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect } from 'react';
import { BrowserRouter } from 'react-router';
import { CrashBoundary } from './CrashBoundary.tsx';
import { Root } from './Root.tsx';
import { ServicesContext } from './services-context.ts';
import type { Services } from './services.ts';

/** The whole page, given what it talks to; a test gives it services of another origin. */
export function App({ services }: { services: Services }) {
  useEffect(() => void services.session.restore(), [services]);
  return (
    <ServicesContext value={services}>
      <QueryClientProvider client={services.queryClient}>
        <OpenRouterProvider api={services.openrouter}>
          <ChatsProvider api={services.chats}>
            <FilesProvider api={services.files}>
              <PreferencesProvider api={services.preferences}>
                <AgentsProvider api={services.agents}>
                  <KeysProvider api={services.keys}>
                    <BrowserRouter>
                      <CrashBoundary>
                        <Root />
                      </CrashBoundary>
                    </BrowserRouter>
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
