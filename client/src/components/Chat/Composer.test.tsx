import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useRef, useState } from 'react';
import { Composer } from './Composer.tsx';

afterEach(cleanup);

function setUp({
  isAnswering = false,
  hasFiles = false,
  blockedBecause = null as string | null,
} = {}) {
  const sent: string[] = [];
  const attached: string[] = [];
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
        hasFiles={hasFiles}
        blockedBecause={blockedBecause}
        onFiles={(files) => attached.push(...files.map(({ name }) => name))}
        onSend={() => sent.push(text)}
        onStop={() => (stops += 1)}
      />
    );
  }
  render(<Harness />);
  return {
    sent,
    attached,
    stopCount: () => stops,
    input: screen.getByRole('textbox', { name: 'Message' }),
  };
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

it('sends files without words', async () => {
  const { sent, input } = setUp({ hasFiles: true });

  await userEvent.type(input, '{Enter}');

  expect(sent).toEqual(['']);
});

it('attaches what is pasted as files, and pastes text as text', () => {
  const { attached, input } = setUp();
  const picture = new File(['x'], 'shot.png', { type: 'image/png' });

  fireEvent.paste(input, { clipboardData: { files: [picture], types: ['Files'] } });
  fireEvent.paste(input, { clipboardData: { files: [picture], types: ['text/html', 'Files'] } });
  fireEvent.paste(input, { clipboardData: { files: [], types: ['text/plain'] } });

  expect(attached).toEqual(['shot.png']);
});
