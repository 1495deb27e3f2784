import { createErrorBody, type AppToken } from '@openrouter-native/protocol';
import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { createLanguageStore } from '../../i18n/language-store.ts';
import { Providers } from '../../Providers.tsx';
import { createServices } from '../../services.ts';
import { startHost, type Answer, type TestHost } from '../../testing/host.ts';
import { createStorage } from '../../testing/storage.ts';
import { AllTokensSection } from './AllTokensSection.tsx';
import { TokensSection } from './TokensSection.tsx';

const TOKEN = `orn-${'A'.repeat(43)}`;
const ID = '0198a000-0000-7000-8000-000000000001';
const aToken: AppToken = {
  id: ID,
  name: 'Janitor',
  hint: 'orn-Ab3d…x9Yz',
  scopes: ['chat', 'models'],
  models: null,
  expires_at: null,
  monthly_limit_usd: 5,
  spent_this_month_usd: 1.25,
  last_used_at: null,
  created_at: '2026-11-20T12:00:00.000Z',
};

let host: TestHost;

afterEach(async () => {
  cleanup();
  await host.close();
});

async function show(page: ReactNode, answers: Record<string, () => Answer>): Promise<void> {
  host = await startHost(answers);
  const language = createLanguageStore(createStorage(), ['en']);
  render(<Providers services={createServices(host.origin, language)}>{page}</Providers>);
}

const user = userEvent.setup();
const row = async (name: string) => within(await screen.findByRole('listitem', { name }));

/** The value that stands beside a name. */
async function fact(of: string, name: string): Promise<string | null> {
  const term = (await row(of)).getByText(name);
  return term.nextElementSibling?.textContent ?? null;
}

it('says of each token what it may do, until when, and what it cost', async () => {
  const bounded = {
    ...aToken,
    id: ID.replace(/1$/, '2'),
    name: 'Old',
    scopes: ['credits', 'images'],
    models: ['openai/*', '*:free'],
    expires_at: '2026-01-02T12:00:00.000Z',
    monthly_limit_usd: null,
    spent_this_month_usd: null,
    last_used_at: new Date().toISOString(),
  };
  await show(<TokensSection />, {
    'GET /api/tokens': () => ({ body: { data: [aToken, bounded] } }),
  });

  expect(await fact('Janitor', 'It may')).toBe('ask models and list models');
  expect(await fact('Janitor', 'Models')).toBe('all that its owner may use');
  expect(await fact('Janitor', 'This month')).toBe('$1.25 of $5.00');
  expect(await fact('Janitor', 'Expires')).toBe('never');
  expect(await fact('Janitor', 'Last used')).toBe('never');
  expect(await fact('Old', 'It may')).toBe('read the balance and images');
  expect(await fact('Old', 'Models')).toBe('openai/*, *:free');
  expect(await fact('Old', 'This month')).toBe('unknown, without a limit');
  expect(await fact('Old', 'Expires')).toBe('expired on Jan 2, 2026');
  expect(await fact('Old', 'Last used')).toBe('now');
});

it('asks for what was chosen, shows the token once, and forgets it with the dialog', async () => {
  let kept: AppToken[] = [];
  await show(<TokensSection />, {
    'GET /api/tokens': () => ({ body: { data: kept } }),
    'POST /api/tokens': () => {
      const created = { ...aToken, name: 'LibreChat' };
      kept = [created];
      return { status: 201, body: { ...created, token: TOKEN } };
    },
  });
  await screen.findByText('There are none yet.');
  await user.click(screen.getByRole('button', { name: 'Create a token' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Create an app token' }));

  await user.type(dialog.getByRole('textbox', { name: 'Name' }), 'LibreChat');
  await user.click(dialog.getByRole('checkbox', { name: 'list models' }));
  await user.type(dialog.getByRole('textbox', { name: 'Only these models' }), 'openai/*, *:free');
  await user.selectOptions(dialog.getByRole('combobox', { name: 'Expires' }), 'never');
  await user.type(dialog.getByRole('textbox', { name: 'Limit for each month' }), '2,5');
  await user.click(dialog.getByRole('button', { name: 'Create a token' }));

  await dialog.findByText(TOKEN);
  const heading = dialog.getByRole('heading', { name: 'The token for LibreChat' });
  expect(document.activeElement).toBe(heading);
  expect(host.requests.find(({ route }) => route === 'POST /api/tokens')?.body).toEqual({
    name: 'LibreChat',
    scopes: ['chat'],
    models: ['openai/*', '*:free'],
    expires_at: null,
    monthly_limit_usd: 2.5,
  });
  await user.click(dialog.getByRole('button', { name: 'Copy the token' }));
  expect(await navigator.clipboard.readText()).toBe(TOKEN);
  expect(dialog.getByText(`${window.location.origin}/api/openrouter`)).toBeTruthy();

  await user.click(dialog.getByRole('button', { name: 'Done' }));

  await row('LibreChat');
  expect(document.body.textContent).not.toContain(TOKEN);
});

it('says what is missing before it asks, and leads there', async () => {
  await show(<TokensSection />, { 'GET /api/tokens': () => ({ body: { data: [] } }) });
  await user.click(await screen.findByRole('button', { name: 'Create a token' }));
  const dialog = within(await screen.findByRole('dialog'));
  await user.click(dialog.getByRole('checkbox', { name: 'ask models' }));
  await user.click(dialog.getByRole('checkbox', { name: 'list models' }));
  await user.type(dialog.getByRole('textbox', { name: 'Limit for each month' }), 'much');

  await user.click(dialog.getByRole('button', { name: 'Create a token' }));

  const name = dialog.getByRole('textbox', { name: 'Name' });
  expect(document.activeElement).toBe(name);
  expect(name.getAttribute('aria-invalid')).toBe('true');
  dialog.getByText('Please give it a name.');
  dialog.getByText('Please choose at least one.');
  dialog.getByText('Please write a number.');
  expect(host.requests.map(({ route }) => route)).toEqual(['GET /api/tokens']);
  await user.type(name, 'X');
  expect(name.getAttribute('aria-invalid')).toBeNull();
});

it('keeps what was written when the server refuses it', async () => {
  const refusal = createErrorBody('invalid_request', 'There are 50 tokens already.');
  await show(<TokensSection />, {
    'GET /api/tokens': () => ({ body: { data: [] } }),
    'POST /api/tokens': () => ({ status: 400, body: refusal }),
  });
  await user.click(await screen.findByRole('button', { name: 'Create a token' }));
  const name = await screen.findByRole('textbox', { name: 'Name' });
  await user.type(name, 'LibreChat{Enter}');

  await screen.findByText('There are 50 tokens already.');
  expect((name as HTMLInputElement).value).toBe('LibreChat');
});

it('revokes a token after a question, and tells that it is gone', async () => {
  let kept = [aToken];
  await show(<TokensSection />, {
    'GET /api/tokens': () => ({ body: { data: kept } }),
    [`DELETE /api/tokens/${ID}`]: () => {
      kept = [];
      return { body: {} };
    },
  });
  await user.click(await screen.findByRole('button', { name: 'Revoke Janitor' }));
  const question = within(await screen.findByRole('alertdialog', { name: 'Revoke “Janitor”?' }));

  await user.click(question.getByRole('button', { name: 'Revoke' }));

  await screen.findByText('There are none yet.');
  expect(screen.getByText('“Janitor” is revoked.').role).toBe('status');
});

it('shows administrators whose token it is, and revokes anybody’s', async () => {
  const owner = { id: 'u2', name: 'Grace', email: 'grace@example.com' };
  let kept = [{ ...aToken, owner }];
  await show(<AllTokensSection />, {
    'GET /api/admin/tokens': () => ({ body: { data: kept } }),
    [`DELETE /api/admin/tokens/${ID}`]: () => {
      kept = [];
      return { body: {} };
    },
  });
  expect(await fact('Janitor', 'Owner')).toBe('Grace grace@example.com');
  expect(screen.queryByRole('button', { name: 'Create a token' })).toBeNull();

  await user.click(screen.getByRole('button', { name: 'Revoke Janitor' }));
  const question = within(await screen.findByRole('alertdialog'));
  await user.click(question.getByRole('button', { name: 'Revoke' }));

  await waitFor(() => expect(screen.queryByRole('listitem')).toBeNull());
});
