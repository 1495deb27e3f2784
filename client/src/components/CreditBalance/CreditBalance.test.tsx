import { cleanup, render, screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import { createLanguageStore } from '../../i18n/language-store.ts';
import { Providers } from '../../Providers.tsx';
import { createServices } from '../../services.ts';
import { startHost, type TestHost } from '../../testing/host.ts';
import { createStorage } from '../../testing/storage.ts';
import { hostKeys } from '../../host/query-keys.ts';
import { CreditBalance } from './CreditBalance.tsx';

let host: TestHost;

afterEach(async () => {
  cleanup();
  await host.close();
});

const credits = {
  balance: 12.5,
  currency: 'USD',
  usage: null,
  total: null,
  limit: null,
  limit_remaining: null,
  is_free_tier: false,
  source: 'account',
  updated_at: '2026-11-20T12:00:00.000Z',
  stale: false,
};

async function show(mode: 'live' | 'user_provided', expiresAt: string | null): Promise<void> {
  host = await startHost({
    'GET /api/keys?name=openrouter': () => ({ body: { expiresAt } }),
    'GET /api/openrouter/credits': () => ({ body: credits }),
  });
  const services = createServices(host.origin, createLanguageStore(createStorage(), ['en']));
  services.queryClient.setQueryData(hostKeys.config, { openrouter: { configured: true, mode } });
  render(
    <Providers services={services}>
      <MemoryRouter>
        <CreditBalance />
      </MemoryRouter>
    </Providers>,
  );
}

const asked = () => host.requests.map(({ route }) => route);

it('shows the balance of the server’s key, and asks for no other', async () => {
  await show('live', null);

  await screen.findByRole('button', { name: /^Balance: \$12\.50/ });
  expect(asked()).toEqual(['GET /api/openrouter/credits']);
});

it.each([
  ['is missing', null],
  ['has expired', '2026-01-01T12:00:00.000Z'],
])('invites to add a key that %s, and asks for no balance', async (_state, expiresAt) => {
  await show('user_provided', expiresAt);

  const link = await screen.findByRole('link', { name: 'Add a key' });
  expect(link.getAttribute('href')).toBe('/account');
  expect(asked()).toEqual(['GET /api/keys?name=openrouter']);
});

it('shows the balance of a key that somebody brought', async () => {
  await show('user_provided', 'never');

  await screen.findByRole('button', { name: /^Balance: \$12\.50/ });
});
