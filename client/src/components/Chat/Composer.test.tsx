import { cleanup, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useRef, useState } from 'react';
import { Composer } from './Composer.tsx';

afterEach(cleanup);

function setUp({ isAnswering = false, blockedBecause = null as string | null } = {}) {
  const sent: string[] = [];
  let stops = 0;
  function Harness() {
    const [text, setText] = useState('');
    const inputRef = useRef<HTMLTextAreaElement>(null);
    return (
      <Composer
        text={text}
        onChange={setText}
        inputRef={inputRef}
        isAnswering={isAnswering}
        blockedBecause={blockedBecause}
        onSend={() => sent.push(text)}
        onStop={() => (stops += 1)}
      />
    );
  }
  render(<Harness />);
  return { sent, stopCount: () => stops, input: screen.getByRole('textbox', { name: 'Message' }) };
}

it('sends with Enter and starts a line with Shift and Enter', async () => {
  const { sent, input } = setUp();

  await userEvent.type(input, 'one{Shift>}{Enter}{/Shift}two{Enter}');

  expect(sent).toEqual(['one\ntwo']);
});

it('says why it cannot send, and does not', async () => {
  const { sent, input } = setUp({ blockedBecause: 'Choose a model first' });

  await userEvent.type(input, 'Hello{Enter}');
  const button = screen.getByRole('button', { name: 'Send' });
  await userEvent.click(button);

  expect(button.getAttribute('aria-disabled')).toBe('true');
  expect(screen.getByText('Choose a model first').id).toBe(button.getAttribute('aria-describedby'));
  expect(sent).toEqual([]);
});

it('sends nothing blank', async () => {
  const { sent, input } = setUp();

  await userEvent.type(input, '   {Enter}');

  expect(sent).toEqual([]);
});

it('offers to stop while an answer is under way, and keeps what is typed meanwhile', async () => {
  const { sent, stopCount, input } = setUp({ isAnswering: true });

  await userEvent.type(input, 'next{Enter}');
  await userEvent.click(screen.getByRole('button', { name: 'Stop the answer' }));

  expect(stopCount()).toBe(1);
  expect(sent).toEqual([]);
  expect((input as HTMLTextAreaElement).value).toBe('next');
});
