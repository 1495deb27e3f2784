import { chatRequestSchema } from '@openrouter-native/protocol';
import { validate } from './validate.ts';

it('hands back the very value, unknown fields and order untouched', () => {
  const body = { zebra: 1, messages: [{ role: 'user', content: 'Hi', extra: true }], model: 'a/b' };

  expect(validate(chatRequestSchema, body)).toBe(body);
});

it('names the fields that are wrong, and never their values', () => {
  const body = { model: 7, temperature: 'PLANTED-SECRET', messages: [{ role: 'PLANTED-SECRET' }] };

  let message = '';
  try {
    validate(chatRequestSchema, body);
  } catch (error) {
    message = JSON.stringify([(error as Error).message, error]);
  }

  expect(message).toContain('temperature');
  expect(message).toContain('messages.0.role');
  expect(message).not.toContain('PLANTED-SECRET');
});
