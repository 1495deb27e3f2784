import type { Message } from '@openrouter-native/protocol';
import type { ThreadStatus } from '@openrouter-native/react';
import { cleanup, render, screen } from '@testing-library/react';
import { anAnswer } from '../../testing/messages.ts';
import { AnswerAnnouncer } from './AnswerAnnouncer.tsx';

afterEach(cleanup);

function announced(message: Message, status: ThreadStatus): string | null {
  const branch = [{ message, siblings: [message.messageId] }];
  render(<AnswerAnnouncer snapshot={{ branch, status }} />);
  return screen.getByRole('status').textContent;
}

it('does not read out the words of an answer', () => {
  expect(announced(anAnswer({ ending: null }), 'answering')).toBe('The answer is on its way.');
});

it('tells the end of an answer', () => {
  expect(announced(anAnswer(), 'ready')).toBe('The answer is complete.');
});

it('tells that an answer is not complete', () => {
  expect(announced(anAnswer({ ending: 'cut' }), 'ready')).toContain('incomplete');
});

it('tells that the connection is lost while the answer goes on', () => {
  expect(announced(anAnswer({ ending: null }), 'reconnecting')).toContain('goes on');
});
