import { abortWhenClosed, RequestError } from '@openrouter-native/plugin';
import type { ConversationList } from '@openrouter-native/protocol';
import { Router, type RequestHandler } from 'express';
import { awaitTitle } from '../conversations/await-title.ts';
import { createCleanUp, type CleanUpDependencies } from '../conversations/clean-up.ts';
import {
  archiveSchema,
  deleteSchema,
  listSchema,
  renameSchema,
} from '../conversations/requests.ts';
import { toConversation } from '../conversations/to-conversation.ts';
import type { Conversations } from '../database/conversations.ts';
import type { Messages } from '../database/messages.ts';
import type { StoredConversation } from '../database/schema.ts';
import { parseBody, parseQuery, smallJsonBody } from '../middleware/read-body.ts';
import { refuseOtherMethods } from '../middleware/refuse-other-methods.ts';
import { identityOf } from '../middleware/require-auth.ts';

/** What the routes work with. */
export interface ConvosDependencies extends CleanUpDependencies {
  conversations: Conversations;
  messages: Pick<Messages, 'firstText'>;
  /** Epoch milliseconds. */
  now: () => number;
}

/** `/api/convos`: the conversations of the one who asks, in LibreChat's paths and shapes. Stands behind `requireAuth`. */
export function createConvosRouter(dependencies: ConvosDependencies): Router {
  const handlers = createHandlers(dependencies);
  const router = Router();
  router
    .route('/')
    .get(handlers.list)
    .delete(smallJsonBody, handlers.removeNamed)
    .all(refuseOtherMethods('GET, DELETE'));
  router.route('/all').delete(handlers.removeAll).all(refuseOtherMethods('DELETE'));
  router.route('/update').post(smallJsonBody, handlers.rename).all(refuseOtherMethods('POST'));
  router.route('/archive').post(smallJsonBody, handlers.archive).all(refuseOtherMethods('POST'));
  router.route('/gen_title/:id').get(handlers.title).all(refuseOtherMethods('GET'));
  router
    .route('/:id')
    .get(handlers.read)
    .delete(handlers.remove)
    .all(refuseOtherMethods('GET, DELETE'));
  return router;
}

type OfOne = RequestHandler<{ id: string }>;

function createHandlers(dependencies: ConvosDependencies) {
  const { conversations, now } = dependencies;
  const cleanUp = createCleanUp(dependencies);

  async function remove(userId: string, ids: readonly string[] | null) {
    const deleted = await conversations.delete(userId, ids);
    const gone = new Set(deleted.ids);
    if (gone.size > 0) await cleanUp(userId, ({ conversationId }) => gone.has(conversationId));
    return deleted;
  }

  async function removeOne(userId: string, id: string) {
    const deleted = await remove(userId, [id]);
    if (deleted.ids.length === 0) throw noSuchConversation();
    return toDeleted(deleted);
  }

  const list: RequestHandler = async (request, response) => {
    const { userId } = identityOf(response);
    const { cursor = null, search = null, ...filter } = parseQuery(request, listSchema);
    const page = await conversations.list({ userId, cursor, search, ...filter });
    const answer: ConversationList = {
      conversations: page.conversations.map(toConversation),
      nextCursor: page.nextCursor,
    };
    response.json(answer);
  };

  const read: OfOne = async ({ params }, response) => {
    const found = await conversations.find(identityOf(response).userId, params.id);
    response.json(toConversation(required(found)));
  };

  const rename: RequestHandler = async (request, response) => {
    const { userId } = identityOf(response);
    const { conversationId, title } = parseBody(request, renameSchema);
    const changed = await conversations.change(userId, conversationId, { title });
    response.json(toConversation(required(changed)));
  };

  const archive: RequestHandler = async (request, response) => {
    const { userId } = identityOf(response);
    const { conversationId, isArchived } = parseBody(request, archiveSchema);
    const before = required(await conversations.find(userId, conversationId));
    const archivedAt = isArchived ? (before.archivedAt ?? new Date(now())) : null;
    const changed = await conversations.change(userId, conversationId, { archivedAt });
    response.json(toConversation(required(changed)));
  };

  const title: OfOne = async ({ params }, response) => {
    const signal = abortWhenClosed(response);
    const { userId } = identityOf(response);
    try {
      response.json({ title: await awaitTitle(dependencies, userId, params.id, signal) }); // prettier-ignore
    } catch (error) {
      if (!signal.aborted) throw error; // Nobody waits for it any more.
    }
  };

  const removeNamed: RequestHandler = async (request, response) => {
    const { userId } = identityOf(response);
    const { conversationId } = parseBody(request, deleteSchema);
    response.json(await removeOne(userId, conversationId));
  };

  const removeThis: OfOne = async ({ params }, response) => {
    response.json(await removeOne(identityOf(response).userId, params.id));
  };

  const removeAll: RequestHandler = async (_request, response) => {
    response.json(toDeleted(await remove(identityOf(response).userId, null)));
  };

  return { list, read, rename, archive, title, removeNamed, remove: removeThis, removeAll };
}

/** LibreChat's `TDeleteConversationResponse`. */
function toDeleted(deleted: { ids: readonly string[]; messages: number }) {
  return {
    acknowledged: true,
    deletedCount: deleted.ids.length,
    messages: { acknowledged: true, deletedCount: deleted.messages },
  };
}

function required(conversation: StoredConversation | null): StoredConversation {
  if (!conversation) throw noSuchConversation();
  return conversation;
}

function noSuchConversation(): RequestError {
  return new RequestError('not_found', 'There is no such conversation.');
}
