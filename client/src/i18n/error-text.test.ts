import { createErrorBody, reasonFacts, type ErrorReason } from '@openrouter-native/protocol';
import { errorText } from './error-text.ts';
import { createTranslator, loadFirstTexts } from './i18n.ts';
import type { Language } from './languages.ts';

const reasons = Object.keys(reasonFacts) as ErrorReason[];

async function textOf(language: Language, reason: ErrorReason) {
  const { i18n } = createTranslator(language, await loadFirstTexts(language));
  const { error } = createErrorBody(reason, 'You can afford 17 tokens.', { action: 'Ask less.' });
  return errorText(error, i18n.t, language);
}

it('leaves the word to the server in English, since it knows the single case', async () => {
  expect(await textOf('en', 'can_only_afford')).toEqual({
    message: 'You can afford 17 tokens.',
    action: 'Ask less.',
    serverWords: null,
  });
});

it.each(['de', 'zh-CN'] as const)(
  'says in %s what each reason means, and keeps what the server said',
  async (language) => {
    for (const reason of reasons) {
      const { message, action, serverWords } = await textOf(language, reason);

      expect(`${message}${action}`).not.toMatch(/errors\.|actions\./);
      expect(serverWords).toBe('You can afford 17 tokens. Ask less.');
    }
  },
);
