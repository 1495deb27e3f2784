/** The field that messages are written in. */
export const composer = {
  label: 'Write a message',
  message: 'Message',
  placeholder: 'Ask anything',
  send: 'Send',
  stop: 'Stop the answer',
  empty: 'Write a message first',
  noModel: 'Choose a model first',
  noModelHint: 'Choose a model at the top to begin.',
  sendHint: 'Enter sends, Shift + Enter starts a new line.',
  stopHint: 'Escape stops.',
} as const;
