import { createErrorBody, endings, type Message } from '@openrouter-native/protocol';
import { cleanup, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { anAnswer } from '../../testing/messages.ts';
import { EndingNotice } from './EndingNotice.tsx';

afterEach(cleanup);

function show(fields: Partial<Message>) {
  const calls: unknown[] = [];
  const { container, unmount } = render(
    <EndingNotice
      message={anAnswer({ text: 'Half an answer', ...fields })}
      actions={{
        onRetry: () => calls.push('retry'),
        onContinue: (change) => calls.push(change ?? 'continue'),
        onChooseModel: () => calls.push('choose'),
      }}
    />,
  );
  return { calls, container, unmount };
}

it.each(endings.filter((ending) => ending !== 'complete' && ending !== 'failed'))(
  'says in words that an answer ended as %s',
  (ending) => {
    const { container } = show({ ending });

    expect(container.textContent?.length).toBeGreaterThan(20);
  },
);

it('says nothing about a complete answer', () => {
  expect(show({ ending: 'complete' }).container.textContent).toBe('');
});

it('offers to continue or to try again after a cut', async () => {
  const { calls } = show({ ending: 'cut' });

  await userEvent.click(screen.getByRole('button', { name: 'Continue' }));
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));

  expect(calls).toEqual(['continue', 'retry']);
});

it('does not offer to continue an answer of which nothing came', () => {
  show({ ending: 'stopped', text: '' });

  expect(screen.queryByRole('button', { name: 'Continue' })).toBeNull();
});

it('shows message, action and request of a failure, with addresses as links', async () => {
  const error = createErrorBody('provider_error', 'The provider failed.', {
    action: 'Try again, or look at https://status.openrouter.ai.',
    requestId: 'request-1',
  }).error;
  const { calls } = show({ ending: 'failed', error: true, error_details: error });

  const card = screen.getByRole('group', { name: 'Error' });
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));

  expect(card.textContent).toContain('The provider failed.');
  expect(card.textContent).toContain('request-1');
  expect(screen.getByRole('link').getAttribute('href')).toBe('https://status.openrouter.ai');
  expect(calls).toEqual(['retry']);
});

it('offers to go on where a failure broke an answer off, but not where nothing had come', async () => {
  const { error } = createErrorBody('stream_cut', 'The connection ended before the answer did.');
  const { calls, unmount } = show({ ending: 'cut', error: true, error_details: error });

  await userEvent.click(screen.getByRole('button', { name: 'Continue' }));
  unmount();
  show({ ending: 'cut', error: true, error_details: error, text: '' });

  expect(calls).toEqual(['continue']);
  expect(screen.queryByRole('button', { name: 'Continue' })).toBeNull();
});

it('does not promise that a failure for good can be tried again', () => {
  const { error } = createErrorBody('insufficient_credits', 'Out of credits.');
  show({ ending: 'failed', error: true, error_details: error });

  expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
  expect(screen.getByRole('button', { name: 'Ask again once that is done' })).toBeTruthy();
});

it('tells of a failure also where the answer came to its own end', () => {
  const { error } = createErrorBody('payload_too_large', 'A picture could not be kept.');
  show({ ending: 'complete', error_details: error, generation_id: 'gen-7' });

  const card = screen.getByRole('group', { name: 'Error' });
  expect(card.textContent).toMatch(/A picture could not be kept\..*gen-7/);
});

it('offers another model where another one may do better', async () => {
  const { error } = createErrorBody('provider_overloaded', 'Too many requests.');
  const { calls, unmount } = show({ ending: 'failed', error: true, error_details: error });
  await userEvent.click(screen.getByRole('button', { name: 'Choose another model' }));
  unmount();

  expect(calls).toEqual(['choose']);
  show({ ending: 'content_filter' });
  expect(screen.getByRole('button', { name: 'Choose another model' })).toBeTruthy();
});

it('leads to where credits are added', () => {
  const { error } = createErrorBody('insufficient_credits', 'Out of credits.');
  show({ ending: 'failed', error: true, error_details: error });

  const link = screen.getByRole('link', { name: /Add credits/ });
  expect(link.getAttribute('href')).toBe('https://openrouter.ai/settings/credits');
});

it('tells which limit ended an answer, and goes on with a higher one', async () => {
  const limit = { kind: 'spending_limit' as const, message: '', limit: 0.01, used: 0.0123 };
  const { calls, container } = show({ ending: 'budget', limit });
  expect(container.textContent).toMatch(/\$0\.0123 of \$0\.01 used/);
  const field = screen.getByRole('spinbutton', { name: 'New limit in US dollars' });
  const button = screen.getByRole('button', { name: 'Raise the limit and continue' });

  await userEvent.clear(field);
  await userEvent.type(field, '0.01');
  await userEvent.click(button);
  expect(button.getAttribute('aria-disabled')).toBe('true');
  await userEvent.clear(field);
  await userEvent.type(field, '0.05{Enter}');

  expect(calls).toEqual([{ spending_limit: 0.05 }]);
});

it('lets a model that repeats itself go on', async () => {
  const limit = { kind: 'repeated_call' as const, message: '', limit: 5, used: 5 };
  const { calls } = show({ ending: 'budget', limit });

  await userEvent.click(screen.getByRole('button', { name: 'Continue' }));

  expect(calls).toEqual(['continue']);
});
