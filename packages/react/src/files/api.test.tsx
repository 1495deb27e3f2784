import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isOpenRouterApiError } from '../api/error.ts';
import { createFilesApi } from './api.ts';

const stored = {
  file_id: 'f1',
  filename: 'notes.txt',
  type: 'text/plain',
  filepath: '/api/files/f1',
  bytes: 5,
  object: 'file',
  user: 'u1',
  context: 'message_attachment',
  source: 'local',
  embedded: false,
  usage: 0,
  createdAt: '2026-10-01T12:00:00.000Z',
  updatedAt: '2026-10-01T12:00:00.000Z',
  message: 'The file was uploaded.',
};

interface Answer {
  status: number;
  body: unknown;
}

/** A host that jsdom takes for the page's own. */
async function startHost(answer: (request: IncomingMessage, body: string) => Answer) {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (data: Buffer) => (body += data.toString('latin1')));
    request.on('end', () => {
      const { status, body: sent } =
        request.method === 'OPTIONS' ? { status: 204, body: '' } : answer(request, body);
      response.writeHead(status, {
        'Content-Type': 'application/json',
        'Access-Control-Allow-Origin': '*',
        'Access-Control-Allow-Headers': '*, authorization',
        'Access-Control-Allow-Methods': '*',
      });
      response.end(JSON.stringify(sent));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closeLast = () => new Promise((resolve) => server.close(() => resolve()));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

let closeLast = async () => {};
afterEach(() => closeLast());

it('sends a file as a form, with the token', async () => {
  const seen: { authorization: string | undefined; body: string }[] = [];
  const baseUrl = await startHost(({ headers }, body) => {
    seen.push({ authorization: headers.authorization, body });
    return { status: 200, body: stored };
  });
  const api = createFilesApi({ baseUrl, getToken: () => 'token-1' });

  const file = await api.upload(new Blob(['hello']), 'notes.txt');

  expect(file.file_id).toBe('f1');
  expect(seen[0]?.authorization).toBe('Bearer token-1');
  expect(seen[0]?.body).toMatch(/name="file"; filename="notes.txt"[^]*hello/);
});

it('sends it once more when the token had run out', async () => {
  let token = 'old';
  const baseUrl = await startHost(({ headers, url }) => {
    if (url === '/files/config') token = 'new'; // As a session that renews itself does.
    if (url === '/files/config') {
      return { status: 200, body: { endpoints: {}, serverFileSizeLimit: 25 } };
    }
    return headers.authorization === 'Bearer new'
      ? { status: 200, body: stored }
      : { status: 401, body: {} };
  });
  const api = createFilesApi({ baseUrl, getToken: () => token });

  expect((await api.upload(new Blob(['x']), 'x')).file_id).toBe('f1');
});

it('tells why a file was refused', async () => {
  const baseUrl = await startHost(() => ({ status: 413, body: {} }));
  const api = createFilesApi({ baseUrl });

  const failure = await api.upload(new Blob(['x']), 'x').catch((error: unknown) => error);

  expect(isOpenRouterApiError(failure) && failure.details.reason).toBe('payload_too_large');
});

it('stops at once when it is not wanted any more', async () => {
  const baseUrl = await startHost(() => ({ status: 200, body: stored }));
  const abort = new AbortController();
  const upload = createFilesApi({ baseUrl }).upload(new Blob(['x']), 'x', { signal: abort.signal });
  abort.abort();

  await expect(upload).rejects.toMatchObject({ name: 'AbortError' });
});

it('says that nobody answers', async () => {
  jest.spyOn(console, 'error').mockImplementation(); // The surroundings complain of it as well.
  const api = createFilesApi({ baseUrl: 'http://127.0.0.1:9' });

  const failure = await api.upload(new Blob(['x']), 'x').catch((error: unknown) => error);

  expect(isOpenRouterApiError(failure) && failure.details.reason).toBe('server_unreachable');
});

it('lists the files there are', async () => {
  const baseUrl = await startHost(() => ({ status: 200, body: [stored] }));

  expect(await createFilesApi({ baseUrl }).list()).toMatchObject([{ filename: 'notes.txt' }]);
});
