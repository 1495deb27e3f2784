import { setTimeout as wait } from 'node:timers/promises';
import { RequestError } from '@openrouter-native/plugin';
import type { Conversations } from '../database/conversations.ts';
import type { Messages } from '../database/messages.ts';
import { firstWords } from '../generations/title-text.ts';

/** What a title is read from. */
export interface TitleSource {
  conversations: Pick<Conversations, 'find'>;
  messages: Pick<Messages, 'firstText'>;
}

const LOOK_EVERY_MS = 500;
/** A model names a conversation in a second or two; past this the page keeps the title that it shows. */
const LOOKS = 10;

/**
 * The title of a conversation. While it is still made of the first words of the first question, waits
 * up to five seconds for a better one, which may come from another process.
 *
 * @throws RequestError `not_found`; what `signal` was aborted with.
 */
export async function awaitTitle(
  { conversations, messages }: TitleSource,
  userId: string,
  id: string,
  signal: AbortSignal,
): Promise<string> {
  let provisional: string | undefined;
  for (let look = 0; ; look += 1) {
    const conversation = await conversations.find(userId, id);
    if (!conversation) throw new RequestError('not_found', 'There is no such conversation.');
    provisional ??= firstWords((await messages.firstText(userId, id)) ?? '');
    if (conversation.title !== provisional || look === LOOKS) return conversation.title;
    await wait(LOOK_EVERY_MS, undefined, { signal });
  }
}
