import { anMp3, aPdf, aPng } from '@openrouter-native/api/files/testing/samples';
import {
  fileListSchema,
  uploadedFileSchema,
  type StoredFile,
  type UploadedFile,
} from '@openrouter-native/protocol';
import { createChatClient, type ChatClient } from '../../support/chat-client.ts';
import { onEachDatabase } from '../../support/databases.ts';
import { createTestApp, type TestApp } from '../../support/test-app.ts';
import { answerCalls, sentWith } from '../../support/upstream-calls.ts';

jest.setTimeout(60_000); // Each test asks models, and waits for their answers.

/** Takes pictures, files and sound. */
const MODEL = 'google/gemini-2.5-flash';
/** Reads no files by itself. */
const READER_OF_TEXT = 'deepseek/deepseek-chat-v3-0324';
const PAINTER = 'google/gemini-2.5-flash-image';

const base64 = (bytes: Buffer) => bytes.toString('base64');

onEachDatabase((database) => {
  let host: TestApp;
  let token: string;
  let ada: ChatClient;
  let eve: ChatClient;
  beforeAll(async () => {
    host = await createTestApp({
      database,
      environment: { OPENROUTER_PDF_ENGINE: 'cloudflare-ai' },
    });
    ({ token } = await host.signUp('ada@example.com'));
    ada = createChatClient(host.url, token);
    eve = createChatClient(host.url, (await host.signUp('eve@example.com')).token);
  });

  async function upload(bytes: Uint8Array | string, filename: string): Promise<UploadedFile> {
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(Buffer.from(bytes))]), filename);
    const response = await fetch(`${host.url}/api/files`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}` },
      body: form,
    });
    return uploadedFileSchema.parse(await response.json());
  }
  const list = async (): Promise<StoredFile[]> =>
    fileListSchema.parse(await (await ada.get('/files')).json());
  const ids = async () => (await list()).map((file) => file.file_id);
  /** What the model was told last, and what with. */
  const lastSent = () => sentWith(answerCalls(host.simulator).at(-1));
  const lastQuestion = () => lastSent().messages.findLast(({ role }) => role === 'user')?.content;

  it('gives a model each kind of file in the part that OpenRouter has for it', async () => {
    const files = await Promise.all([
      upload(aPng(), 'map.png'),
      upload(aPdf(), 'minutes.pdf'),
      upload(anMp3(), 'call.mp3'),
      upload('name,size\na,1\n', 'table.csv'),
    ]);

    const { answer, conversationId } = await ada.ask({
      text: 'What is this?',
      model: MODEL,
      files,
    });

    expect(answer.ending).toBe('complete');
    expect(lastQuestion()).toEqual([
      { type: 'text', text: 'What is this?' },
      { type: 'image_url', image_url: { url: `data:image/png;base64,${base64(aPng())}` } },
      {
        type: 'file',
        file: {
          filename: 'minutes.pdf',
          file_data: `data:application/pdf;base64,${base64(aPdf())}`,
        },
      },
      { type: 'input_audio', input_audio: { data: base64(anMp3()), format: 'mp3' } },
      { type: 'text', text: 'File: table.csv\n```\nname,size\na,1\n```' },
    ]);
    const [question] = await ada.messages(conversationId);
    expect(question?.files?.map((file) => file.filename)).toEqual(['map.png', 'minutes.pdf', 'call.mp3', 'table.csv']); // prettier-ignore
    expect(host.logText()).not.toContain('name,size');
  });

  it('lets the server choose who reads a PDF, unless the conversation does', async () => {
    const files = [await upload(aPdf(), 'minutes.pdf')];
    const own = [{ id: 'file-parser', pdf: { engine: 'native' } }];

    await ada.ask({ text: 'Summarise this', model: MODEL, files });
    expect(lastSent()['plugins']).toEqual([
      { id: 'file-parser', pdf: { engine: 'cloudflare-ai' } },
    ]);
    await ada.ask({ text: 'And now?', model: MODEL, files, model_parameters: { plugins: own } });
    expect(lastSent()['plugins']).toEqual(own);
    await ada.ask({ text: 'Without any file', model: MODEL });
    expect(lastSent()['plugins']).toBeUndefined();
  });

  it('sends back what was read from a PDF, so that nobody reads and pays for it again', async () => {
    const { conversationId, answer } = await ada.ask({
      text: 'Summarise this',
      model: READER_OF_TEXT,
      files: [await upload(aPdf('Budget'), 'budget.pdf')],
    });
    const read = answer.annotations?.find(({ type }) => type === 'file');
    expect(read).toBeDefined();

    await ada.ask({
      text: 'And in one word?',
      model: READER_OF_TEXT,
      conversationId,
      parentMessageId: answer.messageId,
    });

    const told = lastSent().messages.find(({ role }) => role === 'assistant');
    expect(told?.['annotations']).toContainEqual(read);
    expect(JSON.stringify(lastSent().messages)).toContain('budget.pdf');
  });

  it('gives the files of an agent to the model in every conversation with it', async () => {
    const file = await upload('The library opens at nine.', 'hours.txt');
    const created = await ada.post('/agents', {
      provider: 'openrouter',
      model: MODEL,
      name: 'Librarian',
      file_ids: [file.file_id],
    });
    const { id } = (await created.json()) as { id: string };

    await ada.ask({ text: 'When does it open?', agent_id: id });

    expect(JSON.stringify(lastSent().messages)).toContain('The library opens at nine.');
  });

  it('keeps a picture that a model made, and shows it to its owner only', async () => {
    const { answer } = await ada.ask({ text: 'Draw a picture of a cat', model: PAINTER });

    const made = answer.content.find((part) => part.type === 'image_file');
    expect(made).toBeDefined();
    const file = made?.type === 'image_file' ? made.image_file : undefined;
    const path = `/files/${file?.file_id}`;
    expect(file).toMatchObject({ type: 'image/png', filepath: `/api${path}` });
    const shown = await ada.get(path);
    expect(shown.headers.get('content-type')).toBe('image/png');
    expect((await shown.arrayBuffer()).byteLength).toBe(file?.bytes);
    expect((await eve.get(path)).status).toBe(404);
    expect((await list()).find(({ file_id: id }) => id === file?.file_id)).toMatchObject({
      context: 'image_generation',
      usage: 1,
    });
  });

  it('refuses a question with a file that is not there, and asks nobody', async () => {
    const file = await upload('private', 'private.txt');
    const before = host.simulator.requests.length;

    const response = await eve.post('/agents/chat/openrouter', {
      text: 'What does it say?',
      model: MODEL,
      files: [file],
    });

    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: { reason: 'not_found' } });
    expect(host.simulator.requests).toHaveLength(before);
  });

  it('tells the model, in a later question, of a file that was deleted', async () => {
    const file = await upload('soon gone', 'notes.txt');
    const { conversationId, answer } = await ada.ask({ text: 'Read', model: MODEL, files: [file] });
    await fetch(`${host.url}/api/files`, {
      method: 'DELETE',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ files: [file] }),
    });

    await ada.ask({
      text: 'And again',
      model: MODEL,
      conversationId,
      parentMessageId: answer.messageId,
    });

    const told = JSON.stringify(lastSent().messages);
    expect(told).toContain('The file “notes.txt” was deleted');
    expect(told).not.toContain('soon gone');
  });

  it('deletes with a conversation the files that only it used', async () => {
    const [alone, shared, ofAgent] = [
      await upload('1', 'alone.txt'),
      await upload('2', 'shared.txt'),
      await upload('3', 'agent.txt'),
    ];
    const agent = await ada.post('/agents', {
      provider: 'openrouter',
      model: MODEL,
      name: 'Librarian',
      file_ids: [ofAgent.file_id],
    });
    expect(agent.status).toBe(201);
    const first = await ada.ask({ text: 'One', model: MODEL, files: [alone, shared, ofAgent] });
    await ada.ask({ text: 'Two', model: MODEL, files: [shared] });
    const drawn = await ada.ask({
      text: 'Draw a picture of a cat',
      model: PAINTER,
      conversationId: first.conversationId,
      parentMessageId: first.answer.messageId,
    });
    const made = drawn.answer.content.find((part) => part.type === 'image_file');
    const madeId = made?.type === 'image_file' ? made.image_file.file_id : '';
    const unsent = await upload('4', 'unsent.txt');
    expect(await ids()).toEqual(expect.arrayContaining([alone.file_id, madeId]));

    expect((await ada.delete(`/convos/${first.conversationId}`)).status).toBe(200);

    const left = await ids();
    expect(left).toEqual(expect.arrayContaining([shared.file_id, ofAgent.file_id, unsent.file_id]));
    expect(left).not.toContain(alone.file_id);
    expect(left).not.toContain(madeId);
    expect((await ada.get(`/files/${alone.file_id}`)).status).toBe(404);
  });
});
