import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import {
  Constants,
  createPayload,
  dataService,
  setTokenHeader,
  type EModelEndpoint,
  type TMessage,
  type TSubmission,
} from 'librechat-data-provider';
import { createChatClient, type ChatClient } from '../support/chat-client.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';

jest.setTimeout(60_000); // Some of it takes seconds, and more on a busy machine.

/** The HTTP client that LibreChat's client asks with. */
const axios = createRequire(require.resolve('librechat-data-provider'))('axios') as {
  defaults: { baseURL?: string };
};

/** What LibreChat's page sends for a question: made by its own function. */
function aPayload(userMessage: Partial<TMessage>, conversationId: string | null) {
  const submission: TSubmission = {
    userMessage: {
      messageId: randomUUID(),
      parentMessageId: Constants.NO_PARENT,
      conversationId,
      sender: 'User',
      text: 'Tell me of otters',
      isCreatedByUser: true,
      ...userMessage,
    } as TMessage,
    isTemporary: false,
    messages: [],
    conversation: { conversationId, endpoint: 'openrouter' as EModelEndpoint },
    endpointOption: { endpoint: 'openrouter' as EModelEndpoint, model: 'openai/gpt-4o' },
    clientRequestId: randomUUID(),
  };
  return createPayload(submission);
}

describe("answers, asked for by LibreChat's client", () => {
  let host: TestApp;
  let chat: ChatClient;
  beforeAll(async () => {
    host = await createTestApp({ simulator: { tokensPerSecond: 60, firstTokenMs: 0 } });
    const { token } = await host.signUp();
    axios.defaults.baseURL = host.url;
    setTokenHeader(token);
    chat = createChatClient(host.url, token);
  });

  it('begin with what its page sends, are listed while they come, and go on with it', async () => {
    const first = aPayload({}, null);
    const started = await chat.post(first.server.replace('/api', ''), first.payload);
    const { streamId, conversationId } = (await started.json()) as Record<string, string>;

    const during: { activeJobIds: string[] } = await dataService.getActiveJobs();
    let answerId = '';
    for await (const { event } of chat.follow(streamId ?? '')) {
      if (event.type === 'final') answerId = event.responseMessage.messageId;
    }
    const after = await dataService.getActiveJobs();
    const second = aPayload(
      { parentMessageId: answerId, text: 'And beavers?' },
      conversationId ?? '',
    );
    const next = await chat.post(second.server.replace('/api', ''), second.payload);

    expect(started.status).toBe(200);
    expect(during.activeJobIds).toEqual([conversationId]);
    expect(after.activeJobIds).toEqual([]);
    expect(next.status).toBe(200);
    expect((await chat.messages(conversationId ?? '')).map(({ text }) => text)).toContain(
      'And beavers?',
    );
  });
});
