import { useEffect } from 'react';
import { BrowserRouter } from 'react-router';
import { CrashBoundary } from './CrashBoundary.tsx';
import { Providers } from './Providers.tsx';
import { Root } from './Root.tsx';
import type { Services } from './services.ts';

/** The whole page, given what it talks to. */
export function App({ services }: { services: Services }) {
  useEffect(() => void services.session.restore(), [services]);
  return (
    <Providers services={services}>
      <BrowserRouter>
        <CrashBoundary>
          <Root />
        </CrashBoundary>
      </BrowserRouter>
    </Providers>
  );
}
