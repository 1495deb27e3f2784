import {
  conversationListSchema,
  conversationSchema,
  createErrorBody,
  decodeEventStream,
  generationEventSchema,
  generationStartedSchema,
  generationStatusSchema,
  messageListSchema,
  type Conversation,
  type ConversationList,
  type GenerationEvent,
  type GenerationStarted,
  type GenerationStatus,
  type Message,
  type StartGeneration,
} from '@openrouter-native/protocol';
import { readBody } from '../api/body.ts';
import { errorFromResponse, malformed, OpenRouterApiError } from '../api/error.ts';
import { createHttp, readJson, readNothing, type HttpOptions } from '../api/http.ts';

/** Which conversations; all when nothing is said. */
export interface ConversationQuery {
  /** Words in titles or messages. */
  search?: string;
  isArchived?: boolean;
  /** `nextCursor` of the page before. */
  cursor?: string | null;
}

/** An event of a generation with its place in the stream. */
export interface FollowedEvent {
  id: number;
  event: GenerationEvent;
}

/**
 * Stored conversations and the answers being given in them. Every method throws `OpenRouterApiError`,
 * and an `AbortError` when its signal was aborted.
 */
export interface ChatsApi {
  listConversations: (query: ConversationQuery, signal?: AbortSignal) => Promise<ConversationList>;
  getConversation: (id: string, signal?: AbortSignal) => Promise<Conversation>;
  renameConversation: (id: string, title: string) => Promise<Conversation>;
  setArchived: (id: string, isArchived: boolean) => Promise<Conversation>;
  deleteConversation: (id: string) => Promise<void>;
  /** All branches, oldest first. */
  listMessages: (conversationId: string, signal?: AbortSignal) => Promise<Message[]>;
  /** Asks a plain model, or the agent that `agent_id` names. Resolves as soon as it has begun. */
  start: (request: StartGeneration) => Promise<GenerationStarted>;
  status: (conversationId: string, signal?: AbortSignal) => Promise<GenerationStatus>;
  stop: (streamId: string) => Promise<void>;
  /**
   * Follows an answer that is being given. Leaving the loop leaves the answer running.
   *
   * @param after - Id of the last event that was seen; `null` begins with a snapshot.
   * @returns Ends after the last event, and also when the connection does: `final` tells the two apart.
   * @throws OpenRouterApiError `not_found` when the stream is forgotten, or is over and nothing follows.
   */
  follow: (
    streamId: string,
    after: number | null,
    signal: AbortSignal,
  ) => AsyncGenerator<FollowedEvent, void>;
}

/** The server sends a heartbeat every 15 seconds, so four missed ones mean that it is gone. */
const IDLE_MS = 60_000;

/** @param options - `baseUrl` is where the host’s routes begin, such as `/api`. */
export function createChatsApi(options: HttpOptions): ChatsApi {
  const http = createHttp(options);

  return {
    async listConversations({ search, isArchived, cursor }, signal) {
      const query = new URLSearchParams({
        ...(search && { search }),
        ...(isArchived && { isArchived: 'true' }),
        ...(cursor && { cursor }),
      });
      return readJson(await http.get(`/convos?${query}`, signal), conversationListSchema, signal);
    },
    getConversation: async (id, signal) =>
      readJson(
        await http.get(`/convos/${encodeURIComponent(id)}`, signal),
        conversationSchema,
        signal,
      ),
    renameConversation: async (conversationId, title) =>
      readJson(
        await http.send('POST', '/convos/update', { arg: { conversationId, title } }),
        conversationSchema,
      ),
    setArchived: async (conversationId, isArchived) =>
      readJson(
        await http.send('POST', '/convos/archive', { arg: { conversationId, isArchived } }),
        conversationSchema,
      ),
    deleteConversation: async (id) =>
      readNothing(await http.request(`/convos/${encodeURIComponent(id)}`, { method: 'DELETE' })),
    listMessages: async (id, signal) =>
      readJson(
        await http.get(`/messages/${encodeURIComponent(id)}`, signal),
        messageListSchema,
        signal,
      ),
    start: async (request) =>
      readJson(
        await http.send(
          'POST',
          request.agent_id ? '/agents/chat' : '/agents/chat/openrouter',
          request,
        ),
        generationStartedSchema,
      ),
    status: async (id, signal) =>
      readJson(
        await http.get(`/agents/chat/status/${encodeURIComponent(id)}`, signal),
        generationStatusSchema,
        signal,
      ),
    stop: async (streamId) =>
      readNothing(await http.send('POST', '/agents/chat/abort', { streamId })),
    async *follow(streamId, after, signal) {
      const query = after === null ? '?resume=true' : '';
      const response = await http.request(
        `/agents/chat/stream/${encodeURIComponent(streamId)}${query}`,
        {
          headers: {
            Accept: 'text/event-stream',
            ...(after !== null && { 'Last-Event-ID': String(after) }),
          },
          signal,
        },
      );
      if (!response.ok) throw await errorFromResponse(response);
      if (response.status === 204 || !response.body) throw overAlready();
      for await (const message of decodeEventStream(readBody(response.body, IDLE_MS))) {
        if (message.type !== 'data') continue;
        yield { id: Number(message.id), event: readEvent(message.data) };
      }
    },
  };
}

/** Nothing follows the event that was seen last, although it was not the end: what is stored is what there is. */
function overAlready(): OpenRouterApiError {
  return new OpenRouterApiError(createErrorBody('not_found', 'The answer is over already.'));
}

/** @throws OpenRouterApiError `malformed_response` */
function readEvent(data: string): GenerationEvent {
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch (cause) {
    throw malformed(null, cause);
  }
  const parsed = generationEventSchema.safeParse(value);
  if (!parsed.success) throw malformed(null, parsed.error);
  return value as GenerationEvent; // Checked; the schema's copy would cost each token another object.
}
