import { createTranslator } from '../i18n/i18n.ts';
import { en } from '../i18n/locales/en/index.ts';

// What is rendered in a test speaks English, as if the page had started.
createTranslator('en', en);
