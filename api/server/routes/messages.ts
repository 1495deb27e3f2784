import { jsonBody, RequestError } from '@openrouter-native/plugin';
import { Router, type RequestHandler } from 'express';
import { createCleanUp, type CleanUpDependencies } from '../conversations/clean-up.ts';
import { rewriteSchema, searchSchema } from '../conversations/requests.ts';
import { rewriteText } from '../conversations/rewrite.ts';
import { toMessage } from '../conversations/to-message.ts';
import type { Conversations } from '../database/conversations.ts';
import type { Messages } from '../database/messages.ts';
import type { StoredMessage } from '../database/schema.ts';
import { parseBody, parseQuery } from '../middleware/read-body.ts';
import { refuseOtherMethods } from '../middleware/refuse-other-methods.ts';
import { identityOf } from '../middleware/require-auth.ts';

/** What the routes work with. */
export interface MessagesDependencies extends CleanUpDependencies {
  conversations: Pick<Conversations, 'find'>;
  messages: Pick<Messages, 'list' | 'find' | 'search' | 'rewrite' | 'delete'>;
  /** Epoch milliseconds. */
  now: () => number;
}

/** A million characters, which JSON may write with six bytes each. */
const BODY_LIMIT_BYTES = 8 * 1024 * 1024;

/** `/api/messages`: the messages of the one who asks, in LibreChat's paths and shapes. Stands behind `requireAuth`. */
export function createMessagesRouter(dependencies: MessagesDependencies): Router {
  const handlers = createHandlers(dependencies);
  const router = Router();
  router.route('/').get(handlers.search).all(refuseOtherMethods('GET'));
  router.route('/:conversationId').get(handlers.list).all(refuseOtherMethods('GET'));
  router
    .route('/:conversationId/:messageId')
    .get(handlers.read)
    .put(jsonBody(BODY_LIMIT_BYTES), handlers.rewrite)
    .delete(handlers.remove)
    .all(refuseOtherMethods('GET, PUT, DELETE'));
  return router;
}

type OfConversation = RequestHandler<{ conversationId: string }>;
type OfMessage = RequestHandler<{ conversationId: string; messageId: string }>;

function createHandlers(dependencies: MessagesDependencies) {
  const { conversations, messages, now } = dependencies;
  const cleanUp = createCleanUp(dependencies);

  async function find(
    userId: string,
    { conversationId, messageId }: { conversationId: string; messageId: string },
  ): Promise<StoredMessage> {
    const message = await messages.find(userId, messageId);
    if (message?.conversationId !== conversationId.toLowerCase()) throw noSuchMessage();
    return message;
  }

  const search: RequestHandler = async (request, response) => {
    const { userId } = identityOf(response);
    const { search: words, cursor = null, pageSize: limit } = parseQuery(request, searchSchema);
    const page = await messages.search({ userId, search: words, limit, cursor });
    response.json({
      messages: page.messages.map(({ title, ...message }) => ({
        ...toMessage(message),
        title,
        searchResult: true,
      })),
      nextCursor: page.nextCursor,
    });
  };

  const list: OfConversation = async ({ params }, response) => {
    const { userId } = identityOf(response);
    if (!(await conversations.find(userId, params.conversationId))) {
      throw new RequestError('not_found', 'There is no such conversation.');
    }
    const all = await messages.list(userId, params.conversationId);
    response.json(all.map((message) => toMessage(message)));
  };

  const read: OfMessage = async ({ params }, response) => {
    // One in a list: so LibreChat answers, and so its client reads it.
    response.json([toMessage(await find(identityOf(response).userId, params))]);
  };

  const rewrite: OfMessage = async (request, response) => {
    const { userId } = identityOf(response);
    const { id } = await find(userId, request.params);
    const { text, index = null } = parseBody(request, rewriteSchema);
    const written = await messages.rewrite(
      userId,
      id,
      (content) => rewriteText(content, text, index),
      new Date(now()),
    );
    if (!written) throw noSuchMessage();
    response.json(toMessage(written));
  };

  const remove: OfMessage = async ({ params }, response) => {
    const { userId } = identityOf(response);
    const { id } = await find(userId, params);
    const gone = new Set(await messages.delete(userId, id));
    if (gone.size === 0) throw noSuchMessage();
    await cleanUp(userId, ({ responseMessageId }) => gone.has(responseMessageId));
    response.status(204).end();
  };

  return { search, list, read, rewrite, remove };
}

function noSuchMessage(): RequestError {
  return new RequestError('not_found', 'There is no such message in this conversation.');
}
