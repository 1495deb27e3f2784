import type { AssistantMessage, ChatStatus } from '@openrouter-native/react';
import { cleanup, render, screen } from '@testing-library/react';
import { AnswerAnnouncer } from './AnswerAnnouncer.tsx';

afterEach(cleanup);

const answer: AssistantMessage = {
  id: 'message-1',
  role: 'assistant',
  text: 'Secret of life',
  reasoning: '',
  images: [],
  requestedModel: 'a/b',
  servedModel: 'a/b',
  provider: null,
  generationId: null,
  usage: null,
  ending: null,
  error: null,
};

function announced(message: AssistantMessage, status: ChatStatus): string | null {
  render(<AnswerAnnouncer messages={[message]} status={status} />);
  return screen.getByRole('status').textContent;
}

it('does not read out the words of an answer', () => {
  expect(announced(answer, 'streaming')).toBe('The answer is on its way.');
});

it('tells the end of an answer', () => {
  expect(announced({ ...answer, ending: 'complete' }, 'ready')).toBe('The answer is complete.');
});

it('tells that an answer is not complete', () => {
  expect(announced({ ...answer, ending: 'cut' }, 'ready')).toContain('incomplete');
});
