import { cleanup, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { anAnswer } from '../../testing/messages.ts';
import { Receipt } from './Receipt.tsx';

afterEach(cleanup);

const index = { byId: new Map(), byServedSlug: new Map() };
const step = {
  step: 0,
  generation_id: 'gen-1',
  model: 'c/d',
  provider: 'Acme',
  finish_reason: 'stop',
  ending: 'complete' as const,
  usage: { prompt_tokens: 10, completion_tokens: 5, cost: 0.0021 },
  trace: {
    requested: 'a/b',
    served: 'c/d',
    attempts: [
      {
        model: 'a/b',
        route: 'openrouter',
        provider: 'X',
        status: 503,
        reason: 'provider_overloaded' as const,
        ms: 90,
        may_be_charged: true,
      },
    ],
    refit: { from: null, max_tokens: 100 },
    adjusted: [{ field: 'top_k', change: 'not supported by c/d, left out' }],
    cost_delta: { prompt: '0', completion: '2' },
  },
};

it('is one line until it is opened', async () => {
  const message = anAnswer({ model: 'a/b', served_model: 'c/d', steps: [step], usage: step.usage });
  const { container } = render(<Receipt message={message} index={index} />);
  const line = screen.getByRole('button', { name: /Receipt/ });
  expect(line.textContent).toMatch(/a\/b → c\/d.*\$0\.0021/);
  expect(container.querySelector('dl')).toBeNull();

  line.focus();
  await userEvent.keyboard('{Enter}');

  const details = container.querySelector('dl')?.textContent;
  expect(details).toMatch(/Another model answered\..*\+\$0\.00 in and \+\$2\.00 out/);
  expect(details).toMatch(/gen-1/);
  expect(details).toMatch(/a\/b · X: The provider is overloaded.*may have been charged/);
  expect(details).toMatch(/At most 100 tokens instead of the maximum of the model/);
  expect(details).toMatch(/top_k not supported by c\/d, left out/);
});

it('says in words what is unknown', async () => {
  render(<Receipt message={anAnswer({ usage: null })} index={index} />);

  expect(screen.getByRole('button').textContent).toMatch(/cost unknown/);
});

it('is not there for an answer that nobody was asked for', () => {
  const { container } = render(
    <Receipt message={anAnswer({ usage: null, served_model: null, steps: [] })} index={index} />,
  );

  expect(container.textContent).toBe('');
});
