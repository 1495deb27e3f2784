import type { ErrorBody } from '@openrouter-native/protocol';
import type { TFunction } from 'i18next';

/** A failure in the reader's language. */
export interface ErrorText {
  message: string;
  /** What the reader can do now. */
  action: string;
  /** What the server itself said, in English, where `message` is only a general one; `null` otherwise. */
  serverWords: string | null;
}

/**
 * In English the server's own words, which know the single case. In other languages what the reason
 * means in general, with the server's words beside it.
 *
 * @param language - BCP 47, of what `t` speaks.
 */
export function errorText(
  { reason, message, action }: Pick<ErrorBody['error'], 'reason' | 'message' | 'action'>,
  t: TFunction,
  language: string,
): ErrorText {
  if (language === 'en') return { message, action, serverWords: null };
  return {
    message: t(`errors.${reason}`),
    action: t(`actions.${reason}`),
    serverWords: `${message} ${action}`,
  };
}
