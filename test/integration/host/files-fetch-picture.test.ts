import type { IncomingMessage, ServerResponse } from 'node:http';
import { createFetchPicture } from '@openrouter-native/api/files/fetch-picture';
import { aPng } from '@openrouter-native/api/files/testing/samples';
import { publicWeb } from '@openrouter-native/api/tools/webpage/follow';
import { startWebSite, type WebSite } from '../../support/web-site.ts';

const LIMIT = 1000;
const notAborted = new AbortController().signal;

describe('fetching a picture that a model answered with', () => {
  let site: WebSite;
  let handle: (request: IncomingMessage, response: ServerResponse) => void;
  beforeAll(async () => {
    site = await startWebSite((request, response) => handle(request, response));
  });
  afterAll(() => site.close());
  const fetchPicture = (address: string, signal = notAborted) =>
    createFetchPicture(site.access(), 'x')(address, LIMIT, signal);

  it('brings the bytes, also when the address leads on', async () => {
    handle = ({ url }, response) => {
      if (url === '/old.png') response.writeHead(302, { Location: '/new.png' }).end();
      else response.end(aPng());
    };

    expect(await fetchPicture('http://pictures.example/old.png')).toEqual(aPng());
  });

  it.each([
    ['an error', (response: ServerResponse) => response.writeHead(403).end('no')],
    ['nothing new', (response: ServerResponse) => response.writeHead(304).end()],
    ['a connection that breaks', (response: ServerResponse) => response.destroy()],
    ['half of it', (response: ServerResponse) => response.writeHead(200, { 'Content-Length': 99 }).write('x') && setImmediate(() => response.destroy())], // prettier-ignore
    ['a way inside', (response: ServerResponse) => response.writeHead(302, { Location: 'http://127.0.0.1:22/' }).end()], // prettier-ignore
  ])('says that the model is at fault when the address gives %s', async (_what, answer) => {
    handle = (_request, response) => void answer(response);

    await expect(fetchPicture('http://pictures.example/a.png')).rejects.toMatchObject({
      reason: 'malformed_response',
    });
  });

  it('takes no more than it may, compressed or not', async () => {
    handle = (_request, response) => response.end(Buffer.alloc(LIMIT + 1));

    await expect(fetchPicture('http://pictures.example/a.png')).rejects.toMatchObject({
      reason: 'payload_too_large',
    });
  });

  it('waits only so long', async () => {
    handle = () => undefined;
    const inAHurry = createFetchPicture(site.access(), 'x', 50);

    await expect(
      inAHurry('http://pictures.example/a.png', LIMIT, notAborted),
    ).rejects.toMatchObject({ reason: 'malformed_response' });
  });

  it('stops when the answer is stopped', async () => {
    const stop = new AbortController();
    handle = () => stop.abort(new Error('stopped by the user'));

    await expect(fetchPicture('http://pictures.example/a.png', stop.signal)).rejects.toThrow(
      'stopped by the user',
    );
  });

  it.each([
    'https://127.0.0.1/a.png',
    'https://[::1]/a.png',
    'https://169.254.169.254/latest/meta-data',
    'https://10.0.0.1/a.png',
    'https://localhost/a.png',
  ])('goes nowhere inside the network: %s', async (address) => {
    const before = site.requests.length;
    const fetchPublic = createFetchPicture(publicWeb, 'x');

    await expect(fetchPublic(address, LIMIT, notAborted)).rejects.toMatchObject({
      reason: 'malformed_response',
    });
    expect(site.requests).toHaveLength(before);
  });
});
