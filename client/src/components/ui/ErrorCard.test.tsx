import { createErrorBody, type ErrorBody } from '@openrouter-native/protocol';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { I18nextProvider } from 'react-i18next';
import { createTranslator } from '../../i18n/i18n.ts';
import { de } from '../../i18n/locales/de/index.ts';
import { ErrorCard } from './ErrorCard.tsx';

const attempt = { model: 'a/b', route: 'openrouter', provider: 'Acme', status: 429, ms: 12 };
const limited: ErrorBody['error'] = createErrorBody('rate_limited_provider', 'Acme is busy.', {
  requestId: 'request-7',
  metadata: {
    raw: 'what somebody asked',
    attempts: [{ ...attempt, reason: 'rate_limited_provider' }],
  },
}).error;

it('says what happened in the server’s words, and what can be done', async () => {
  const onRetry = jest.fn();
  render(<ErrorCard error={limited} onRetry={onRetry} />);

  const card = screen.getByRole('group', { name: 'Error' });
  await userEvent.click(within(card).getByRole('button', { name: 'Try again' }));

  expect(card.textContent).toContain('Acme is busy.');
  expect(onRetry).toHaveBeenCalledTimes(1);
});

it('leads to where a missing balance can be filled up, and offers no attempt that must fail', () => {
  const { error } = createErrorBody('insufficient_credits', 'No credits.');
  render(<ErrorCard error={error} onRetry={jest.fn()} />);

  const link = screen.getByRole('link', { name: 'Add credits' });
  expect(link.getAttribute('href')).toBe('https://openrouter.ai/settings/credits');
  expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
});

it('has details to copy, with the attempts and without what was asked', async () => {
  const user = userEvent.setup();
  render(<ErrorCard error={limited} />);

  await user.click(screen.getByText('Details'));
  await user.click(screen.getByRole('button', { name: 'Copy the details' }));

  const copied = await navigator.clipboard.readText();
  expect(copied).toContain('reason: rate_limited_provider');
  expect(copied).toContain('request: request-7');
  expect(copied).toContain(
    'attempt 1: a/b via openrouter (Acme): 429 rate_limited_provider, 12 ms',
  );
  expect(copied).not.toContain('what somebody asked');
  expect(screen.getByRole('group', { name: 'Error' }).textContent).not.toContain('somebody asked');
});

it('says in German what the reason means, and keeps the server’s words as details', () => {
  const { i18n } = createTranslator('de', de);
  render(
    <I18nextProvider i18n={i18n}>
      <ErrorCard error={limited} announce />
    </I18nextProvider>,
  );

  const card = screen.getByRole('alert');
  expect(card.textContent).toContain('Der Anbieter lässt gerade keine weiteren Anfragen zu.');
  expect(within(card).getByText(/^Acme is busy\./).lang).toBe('en');
});
