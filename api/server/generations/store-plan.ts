import { RequestError } from '@openrouter-native/plugin';
import { textOf } from '@openrouter-native/protocol';
import { createConversations } from '../database/conversations.ts';
import type { Queries } from '../database/database.ts';
import { createFileRows } from '../database/files.ts';
import { createMessages } from '../database/messages.ts';
import type { StoredConversation, StoredMessage } from '../database/schema.ts';
import type { Plan } from './plan.ts';
import { firstWords } from './title-text.ts';

/** Outcome of storing a plan. */
export type Storing =
  | { outcome: 'stored'; conversation: StoredConversation }
  /** A message with the question's id exists; nothing was stored. */
  | { outcome: 'asked-before' };

/**
 * Writes the question, and its answer as one that is being given, both or none.
 *
 * @param leaseUntil - Until then nobody else takes the answer for abandoned.
 * @throws RequestError `not_found` when the conversation is gone, `conflict` when the answer goes on
 *   already, and what the stores throw.
 */
export async function storePlan(
  queries: Queries,
  plan: Plan,
  now: Date,
  leaseUntil: Date,
): Promise<Storing> {
  try {
    return await queries.transaction(async (transaction) => {
      const conversation = await storeConversation(transaction, plan, now);
      const messages = createMessages(transaction);
      if (plan.question) {
        const { message, fileIds } = plan.question;
        if (!(await messages.create(message))) throw new AskedBefore();
        await createFileRows(transaction).link(message.id, fileIds, now);
      }
      const answer: StoredMessage = { ...plan.answer, leaseUntil };
      if (!plan.isContinued) await messages.create(answer);
      else {
        const progress = { ...progressOf(answer), text: textOf(answer.content) };
        if (!(await messages.reopen(answer, progress, now))) {
          throw new RequestError(
            'conflict',
            'This answer has just been changed, or is being given already.',
            {
              action: 'Load the conversation, then try again.',
            },
          );
        }
      }
      return { outcome: 'stored', conversation };
    });
  } catch (error) {
    if (error instanceof AskedBefore) return { outcome: 'asked-before' };
    throw error;
  }
}

/** Takes the transaction back. */
class AskedBefore extends Error {
  override readonly name = 'AskedBefore';
}

async function storeConversation(
  transaction: Queries,
  { conversationId: id, conversation, answerer, answer, questionText }: Plan,
  now: Date,
): Promise<StoredConversation> {
  const conversations = createConversations(transaction);
  const { endpoint, agentId, settings, run } = answerer;
  const remembered = { endpoint, model: agentId === null ? run.model : null, agentId, settings };
  if (!conversation) {
    const title = firstWords(questionText);
    await conversations.create({ id, userId: answer.userId, title, ...remembered }, now);
  } else await conversations.touch(id, now);
  const changed = await conversations.change(answer.userId, id, remembered);
  if (!changed) throw new RequestError('not_found', 'There is no such conversation.');
  return changed;
}

function progressOf(answer: StoredMessage) {
  const { content, steps, annotations, ending, error, limit } = answer;
  const { firstContentMs, durationMs, leaseUntil } = answer;
  return {
    content,
    steps,
    annotations,
    ending,
    error,
    limit,
    firstContentMs,
    durationMs,
    leaseUntil,
  };
}
