import { createRequire } from 'node:module';
import {
  conversationListSchema,
  messageListSchema,
  type Conversation,
  type Message,
} from '@openrouter-native/protocol';
import {
  buildTree,
  Constants,
  dataService,
  setTokenHeader,
  tConversationSchema,
  tMessageSchema,
  type ConversationListResponse,
  type EModelEndpoint,
  type MessagesListResponse,
  type MinimalConversation,
  type TConversation,
  type TDeleteConversationResponse,
  type TMessage,
  type TMessageContentParts,
} from 'librechat-data-provider';
import { createChatClient, type ChatClient } from '../support/chat-client.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';

/** The HTTP client that LibreChat's client asks with. */
const axios = createRequire(require.resolve('librechat-data-provider'))('axios') as {
  defaults: { baseURL?: string };
};

const MODEL = 'openai/gpt-4o';
/** Custom providers are no members of LibreChat's list of its own; its server stores their names all the same. */
const ofKnownEndpoint = (conversation: unknown) => ({
  ...(conversation as TConversation),
  endpoint: 'custom',
});

/** Compile only while our shapes are LibreChat's; the kinds of content and endpoints are enumerations there. */
const asLibreChats = {
  message: ({ finish_reason: reason, content, files, ...message }: Message): TMessage => ({
    ...message,
    ...(reason != null && { finish_reason: reason }),
    ...(files && { files: files as NonNullable<TMessage['files']> }),
    content: content as TMessageContentParts[],
  }),
  listed: ({ endpoint, archivedAt = null, ...listed }: Conversation): MinimalConversation => ({
    ...listed,
    archivedAt,
    endpoint: endpoint as EModelEndpoint,
  }),
};

/**
 * LibreChat's own client at work on this host: its functions make the requests, and its schemas and
 * types read the answers.
 */
describe("the host, asked by LibreChat's client", () => {
  let host: TestApp;
  let chat: ChatClient;
  let conversationId: string;
  beforeAll(async () => {
    host = await createTestApp();
    const { token } = await host.signUp();
    axios.defaults.baseURL = host.url;
    setTokenHeader(token);
    chat = createChatClient(host.url, token);
  });
  beforeEach(async () => {
    ({ conversationId } = await chat.ask({ text: 'Tell me of otters', model: MODEL }));
  });

  it('lists conversations page by page', async () => {
    await chat.ask({ text: 'Another one', model: MODEL });

    const page: ConversationListResponse = await dataService.listConversations({
      limit: 1,
      isArchived: false,
      sortBy: 'updatedAt',
      sortDirection: 'desc',
    });
    const next = await dataService.listConversations({ limit: 1, cursor: page.nextCursor ?? '' });

    expect(page.conversations).toHaveLength(1);
    expect(next.conversations[0]?.conversationId).toBe(conversationId);
    const { createdAt, title, user, isArchived } = page.conversations[0] ?? {};
    expect([typeof createdAt, typeof title, typeof user, isArchived]).toEqual([
      'string',
      'string',
      'string',
      false,
    ]);
  });

  it('answers in shapes that are both ours and its own', async () => {
    const messages = await dataService.getMessagesByConvoId(conversationId);
    const page = await dataService.listConversations();

    expect(messageListSchema.parse(messages).map(asLibreChats.message)).toEqual(messages);
    expect(conversationListSchema.parse(page).conversations.map(asLibreChats.listed)).toEqual(
      page.conversations,
    );
  });

  it('reads a conversation', async () => {
    const conversation: TConversation = await dataService.getConversationById(conversationId);

    expect(tConversationSchema.parse(ofKnownEndpoint(conversation))).toMatchObject({
      conversationId,
      model: MODEL,
    });
  });

  it('reads messages into a tree', async () => {
    const messages: TMessage[] = await dataService.getMessagesByConvoId(conversationId);

    const parsed = messages.map((message) => tMessageSchema.parse(message));
    const tree = buildTree({ messages });
    expect(parsed[0]).toMatchObject({
      parentMessageId: Constants.NO_PARENT,
      text: 'Tell me of otters',
      isCreatedByUser: true,
    });
    expect(tree).toHaveLength(1);
    expect(tree?.[0]?.children?.[0]).toMatchObject({
      isCreatedByUser: false,
      unfinished: false,
      error: false,
      finish_reason: 'stop',
      model: MODEL,
      endpoint: 'openrouter',
    });
    expect(tree?.[0]?.children?.[0]?.content?.[0]).toMatchObject({ type: 'text' });
  });

  it('reads one message', async () => {
    const [question] = await dataService.getMessagesByConvoId(conversationId);

    const found: TMessage[] = await dataService.getMessageById(
      conversationId,
      question?.messageId ?? '',
    );

    expect(found).toEqual([question]);
  });

  it('finds messages', async () => {
    const found: MessagesListResponse = await dataService.listMessages({
      search: 'otters',
      pageSize: 1,
      cursor: null,
    });

    expect(found.messages).toHaveLength(1);
    expect(found.messages.map((message) => tMessageSchema.parse(message))).toHaveLength(1);
    expect(found.messages[0]).toMatchObject({ searchResult: true, title: expect.any(String) });
    expect((await dataService.listConversations({ search: 'otters' })).conversations.length).toBeGreaterThan(0); // prettier-ignore
  });

  it('names a conversation, and reads the name', async () => {
    const renamed = await dataService.updateConversation({ conversationId, title: 'Otters' });

    expect(tConversationSchema.parse(ofKnownEndpoint(renamed))).toMatchObject({ title: 'Otters' });
    expect(await dataService.genTitle({ conversationId })).toEqual({ title: 'Otters' });
  });

  it('archives a conversation', async () => {
    const archived = await dataService.archiveConversation({ conversationId, isArchived: true });

    expect(archived).toMatchObject({ isArchived: true, archivedAt: expect.any(String) });
    const { conversations } = await dataService.listConversations({ isArchived: true });
    expect(conversations.map((one) => one.conversationId)).toEqual([conversationId]);
  });

  it('rewrites a message, and a part of one', async () => {
    const [question, answer] = await dataService.getMessagesByConvoId(conversationId);
    const { messageId = '' } = question ?? {};

    await dataService.updateMessage({ conversationId, messageId, model: MODEL, text: 'New' });
    await dataService.updateMessageContent({
      conversationId,
      messageId: answer?.messageId ?? '',
      index: 0,
      text: 'Newer',
    });

    const messages = await dataService.getMessagesByConvoId(conversationId);
    expect(messages.map(({ text }) => text)).toEqual(['New', 'Newer']);
  });

  it('deletes one conversation, then all', async () => {
    const one = (await dataService.deleteConversation({
      conversationId,
    })) as TDeleteConversationResponse;
    const all = (await dataService.clearAllConversations()) as TDeleteConversationResponse;

    expect(one).toMatchObject({
      acknowledged: true,
      deletedCount: 1,
      messages: { deletedCount: 2 },
    });
    expect(all.deletedCount).toBeGreaterThan(0);
    expect((await dataService.listConversations()).conversations).toEqual([]);
  });
});
