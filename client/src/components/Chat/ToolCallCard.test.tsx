import type { ToolCall } from '@openrouter-native/protocol';
import { cleanup, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { ToolCallCard } from './ToolCallCard.tsx';

afterEach(cleanup);

const call: ToolCall = {
  type: 'tool_call',
  id: 't1',
  name: 'search_mcp_web',
  args: '{"query":"tides"}',
  output: 'High at noon.',
  progress: 1,
  is_error: false,
  duration_ms: 1200,
};

function show(fields: Partial<ToolCall> = {}, isOver = true) {
  render(<ToolCallCard call={{ ...call, ...fields }} isOver={isOver} />);
  return screen.getByRole('button', { name: /search/ });
}

it('tells tool, server, state and time in a line, and the rest when it is opened', async () => {
  const button = show();
  expect(button.textContent).toMatch(/search · web.*Done.*1\.2 sec/);
  expect(screen.queryByRole('region')).toBeNull();

  button.focus();
  await userEvent.keyboard('{Enter}');

  expect(screen.getByRole('region', { name: 'Arguments' }).textContent).toContain(
    '"query": "tides"',
  );
  expect(screen.getByRole('region', { name: 'Result' }).textContent).toBe('High at noon.');
});

it.each([
  [{ output: null, progress: 0, duration_ms: null }, false, 'Preparing'],
  [{ output: null, progress: 0.5, duration_ms: null }, false, 'Running'],
  [{ output: null, progress: 0.5, duration_ms: null }, true, 'Not run'],
  [{ is_error: true }, true, 'Failed'],
])('says how the call fares: %j', (fields, isOver, text) => {
  expect(show(fields, isOver).textContent).toContain(text);
});

it('cuts a long result until all of it is asked for', async () => {
  await userEvent.click(show({ output: 'x'.repeat(10_000) }));
  const result = screen.getByRole('region', { name: 'Result' });
  expect(result.textContent?.length).toBeLessThan(4100);

  await userEvent.click(screen.getByRole('button', { name: 'Show all 10,000 characters' }));

  expect(result.textContent).toBe('x'.repeat(10_000));
});
