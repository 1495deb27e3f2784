import {
  decodeEventStream,
  type Conversation,
  type GenerationEvent,
  type GenerationStarted,
  type Message,
  type StartGeneration,
} from '@openrouter-native/protocol';

/** An event with its place in the stream. */
export interface PlacedEvent {
  id: number;
  event: GenerationEvent;
}

/** How a stream is attached to. */
export interface FollowOptions {
  /** Sent as `Last-Event-ID`. */
  after?: number;
  /** Begin with a snapshot. */
  resume?: boolean;
  signal?: AbortSignal;
}

/** What came of a question. */
export interface Answered extends GenerationStarted {
  events: PlacedEvent[];
  /** As it was stored. */
  answer: Message;
  conversation: Conversation;
}

/** A signed-in person at the host's chat routes. */
export interface ChatClient {
  /** What signs a request. */
  headers: Record<string, string>;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  post(path: string, body: unknown): Promise<Response>;
  delete(path: string): Promise<Response>;
  /** Asks a plain model, or the agent that is named. @throws Error with the body when it is refused */
  start(request: StartGeneration): Promise<GenerationStarted>;
  /** @throws Error when there is no such stream */
  follow(streamId: string, options?: FollowOptions): AsyncGenerator<PlacedEvent, void>;
  /** Asks, and waits for the whole answer. */
  ask(request: StartGeneration): Promise<Answered>;
  messages(conversationId: string): Promise<Message[]>;
}

/** @param host - `http://127.0.0.1:PORT`. */
export function createChatClient(host: string, token: string): ChatClient {
  const send = (
    method: string,
    path: string,
    {
      headers = {},
      ...init
    }: Omit<RequestInit, 'headers'> & { headers?: Record<string, string> } = {},
  ) =>
    fetch(`${host}/api${path}`, {
      method,
      ...init,
      headers: { ...client.headers, ...headers },
    });
  const client: ChatClient = {
    headers: { Authorization: `Bearer ${token}` },
    get: (path, headers = {}) => send('GET', path, { headers }),
    post: (path, body) =>
      send('POST', path, {
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      }),
    delete: (path) => send('DELETE', path),
    async start(request) {
      const path = request.agent_id == null ? '/agents/chat/openrouter' : '/agents/chat';
      const response = await client.post(path, request);
      if (response.status !== 200) throw new Error(await response.text());
      return (await response.json()) as GenerationStarted;
    },
    async *follow(streamId, { after, resume = false, signal } = {}) {
      const response = await send('GET', `/agents/chat/stream/${streamId}${resume ? '?resume=true' : ''}`, {
        headers: after === undefined ? {} : { 'Last-Event-ID': String(after) },
        ...(signal && { signal }),
      }); // prettier-ignore
      if (response.status === 204) return;
      if (response.status !== 200 || !response.body) throw new Error(await response.text());
      for await (const message of decodeEventStream(response.body)) {
        if (message.type !== 'data') continue;
        yield { id: Number(message.id), event: JSON.parse(message.data) as GenerationEvent };
      }
    },
    async ask(request) {
      const started = await client.start(request);
      const events: PlacedEvent[] = [];
      for await (const event of client.follow(started.streamId)) events.push(event);
      const last = events.at(-1)?.event;
      if (last?.type !== 'final') throw new Error(`The last event is ${JSON.stringify(last)}`);
      return { ...started, events, answer: last.responseMessage, conversation: last.conversation };
    },
    async messages(conversationId) {
      const response = await client.get(`/messages/${conversationId}`);
      if (response.status !== 200) throw new Error(await response.text());
      return (await response.json()) as Message[];
    },
  };
  return client;
}

/** Asks for the rest of an answer. */
export function goOn(answer: Message, changes: Partial<StartGeneration> = {}): StartGeneration {
  return {
    conversationId: answer.conversationId,
    parentMessageId: answer.parentMessageId,
    responseMessageId: answer.messageId,
    isContinued: true,
    ...changes,
  };
}
