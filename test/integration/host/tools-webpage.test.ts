import type { IncomingMessage, ServerResponse } from 'node:http';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import type { Tool } from '@openrouter-native/api/tools/tool';
import { createFetchWebpage } from '@openrouter-native/api/tools/webpage/fetch-webpage';
import type { WebAccess } from '@openrouter-native/api/tools/webpage/follow';
import { isPublicAddress } from '@openrouter-native/api/tools/webpage/public-address';
import { silentLogger } from '@openrouter-native/openrouter';
import { until } from '../../support/wait.ts';
import { startWebSite, type WebSite } from '../../support/web-site.ts';

const CONVERTER_TIMEOUT_MS = 60_000; // Its code loads in a second, and slower on a busy machine.

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

describe('fetch_webpage', () => {
  let site: WebSite;
  let handle: Handler;
  const closers: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    site = await startWebSite((request, response) => handle(request, response));
    closers.push(() => site.close());
    shared = aTool();
  });
  afterAll(() => Promise.all(closers.map((close) => close())));
  let shared: Tool;

  function aTool(web: Partial<WebAccess> = {}, timeLimitMs = 15_000): Tool {
    const { tool, close } = createFetchWebpage({
      web: site.access(web),
      userAgent: 'OpenRouterNative/1.2.3',
      logger: silentLogger,
      timeLimitMs,
    });
    closers.push(close);
    return tool;
  }
  function read(
    url = 'http://example.com/page',
    tool = shared,
    signal = new AbortController().signal,
  ) {
    return tool.run({ url }, { signal, userId: 'ada' });
  }
  function page(body: string | Buffer, headers: Record<string, string> = {}): void {
    handle = (_request, response) => {
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', ...headers });
      response.end(body);
    };
  }

  function redirectTo(location: string, status = 302): void {
    handle = (request, response) => {
      if (request.url === '/end') return void response.end('arrived');
      response.writeHead(status, { Location: location }).end();
    };
  }

  it(
    'gives the text of a page, with its headings, lists, tables and links',
    async () => {
      page(`<!doctype html><title>Apples &amp; pears</title><script>alert(1)</script><style>p{}</style>
        <nav><a href="/">Home</a></nav>
        <h1>Fruit</h1><p>See <a href="more?a=1#top">more</a>, <a href="#x">here</a> or <a href="javascript:x()">run</a>.</p>
        <ul><li>Apple<li>Pear</ul><table><tr><th>Name<th>Price<tr><td>Apple<td>1 €</table><svg><text>drawn</text></svg>`);

      const { output, isError } = await read('http://example.com/shop/fruit?sort=1#price');

      expect(isError).toBe(false);
      expect(output).toBe(
        `Address: http://example.com/shop/fruit?sort=1
Title: Apples & pears

# Fruit

See [more](http://example.com/shop/more?a=1#top), here or run.

 * Apple
 * Pear

Name | Price |
Apple | 1 € |`,
      );
      const { headers, url } = site.requests.at(-1) as IncomingMessage;
      expect(url).toBe('/shop/fruit?sort=1');
      expect(headers).toMatchObject({
        host: 'example.com',
        'user-agent': 'OpenRouterNative/1.2.3',
      });
      expect(headers).not.toHaveProperty('cookie');
      expect(headers).not.toHaveProperty('referer');
      expect(headers).not.toHaveProperty('authorization');
    },
    CONVERTER_TIMEOUT_MS,
  );

  it.each([
    ['text/plain', 'a <b> c'],
    ['application/json', '{"a": [1, 2]}'],
    ['application/ld+json; charset=utf-8', '{"a": "ü"}'],
    ['application/rss+xml', '<rss><item>News</item></rss>'],
    ['text/csv', 'a,b\n1,2'],
  ])('gives %s as it is', async (type, body) => {
    page(body, { 'Content-Type': type });

    expect(await read()).toEqual({
      output: `Address: http://example.com/page\n\n${body}`,
      isError: false,
    });
  });

  it.each(['image/png', 'application/pdf', 'application/zip', 'video/mp4', 'font/woff2'])(
    'refuses %s',
    async (type) => {
      page('…', { 'Content-Type': type });

      expect(await read()).toEqual({
        output: `http://example.com/page is of type ${type}, which cannot be read as text.`,
        isError: true,
      });
    },
  );

  it('looks at the content when no type is told', async () => {
    handle = (_request, response) => response.end('<!DOCTYPE html><h1>Untold</h1>');
    expect(await read()).toMatchObject({ output: expect.stringContaining('# Untold') });

    handle = (_request, response) => response.end('plain <b>');
    expect(await read()).toMatchObject({ output: expect.stringContaining('plain <b>') });

    handle = (_request, response) => response.end(Buffer.from([0x89, 0x50, 0, 1]));
    expect(await read()).toMatchObject({ isError: true });
  });

  it.each([
    ['the header', 'text/html; charset=ISO-8859-1', Buffer.from('<p>Z\xfcrich', 'latin1')],
    ['a meta element', 'text/html', Buffer.from('<meta charset="latin1"><p>Z\xfcrich', 'latin1')],
    ['nothing but the bytes', 'text/html', Buffer.from('<p>Z\xfcrich', 'latin1')],
    ['nothing, in UTF-8', 'text/html', Buffer.from('<p>Zürich')],
    ['an unknown name', 'text/html; charset=klingon', Buffer.from('<p>Zürich')],
    ['a byte order mark', 'text/plain', Buffer.from('\ufeffZürich', 'utf16le')],
  ])('reads the characters as told by %s', async (_name, type, body) => {
    page(body, { 'Content-Type': type });

    expect((await read()).output).toContain('Zürich');
  });

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ])('unpacks %s', async (encoding, compress) => {
    page(compress('<p>unpacked'), { 'Content-Encoding': encoding });

    expect((await read()).output).toContain('unpacked');
  });

  it('refuses compressions it does not know, and broken ones', async () => {
    page('x', { 'Content-Encoding': 'gzip, gzip' });
    expect((await read()).output).toContain('compressed in a way that cannot be read');

    page('this is not gzip', { 'Content-Encoding': 'gzip' });
    expect((await read()).output).toContain('broke off');
  });

  it(
    'unpacks no more of a bomb than it may',
    async () => {
      const bomb = gzipSync(Buffer.alloc(200_000_000, 'a')); // 200 kB on the wire.
      page(bomb, { 'Content-Encoding': 'gzip', 'Content-Type': 'text/plain' });
      const before = process.memoryUsage().arrayBuffers;

      const { output, isError } = await read();

      expect(isError).toBe(false);
      expect(output.length).toBeLessThan(51_000);
      expect(output).toMatch(/\(The page goes on\. These are its first 50000 characters\.\)$/);
      expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100_000_000);
    },
    CONVERTER_TIMEOUT_MS,
  );

  it('leaves a page that never ends', async () => {
    let isLeft = false;
    handle = (_request, response) => {
      response.writeHead(200, { 'Content-Type': 'text/plain' });
      const timer = setInterval(() => response.write('x'.repeat(100_000)), 1);
      response.once('close', () => {
        clearInterval(timer);
        isLeft = true;
      });
    };

    const { output } = await read();

    expect(output).toContain('The page goes on.');
    await until(() => isLeft);
  });

  it('does not show half a page as a page', async () => {
    handle = (_request, response) => {
      response.writeHead(200, { 'Content-Type': 'text/html', 'Content-Length': '1000' });
      response.write('<p>half');
      setTimeout(() => response.destroy(), 20);
    };

    expect(await read()).toEqual({ output: 'The page broke off before its end.', isError: true });
  });

  it.each([
    ['before its headers', () => undefined],
    [
      'in its middle',
      (response: ServerResponse) =>
        response.writeHead(200, { 'Content-Type': 'text/html' }).write('<p>'),
    ],
  ])('gives up on a page that hangs %s', async (_name, begin) => {
    handle = (_request, response) => void begin(response);

    expect(await read(undefined, aTool({}, 300))).toEqual({
      output: 'The page did not arrive within 0.3 seconds.',
      isError: true,
    });
  });

  it('stops when the run is stopped, and hangs up', async () => {
    let isLeft = false;
    const stop = new AbortController();
    handle = (_request, response) => {
      response.once('close', () => (isLeft = true));
      stop.abort(new Error('stopped'));
    };

    await expect(read(undefined, shared, stop.signal)).rejects.toThrow('stopped');
    await until(() => isLeft);
  });

  it('stops waiting for a name, too', async () => {
    const never = aTool({ lookup: () => new Promise(() => undefined) }, 200);

    expect((await read(undefined, never)).output).toContain('did not arrive within');
  });

  it.each([
    [404, 'Not Found'],
    [403, 'Forbidden'],
    [500, 'Internal Server Error'],
    [304, 'Not Modified'],
  ])('tells of a %i', async (status, words) => {
    handle = (_request, response) => response.writeHead(status).end('<h1>secret of the page</h1>');

    expect(await read()).toEqual({
      output: `http://example.com/page answers ${status} ${words}`,
      isError: true,
    });
  });

  it('says why a host cannot be reached', async () => {
    const closed = await startWebSite(() => undefined);
    await closed.close();

    const { output } = await read(
      undefined,
      aTool({ ports: { 'http:': closed.port, 'https:': closed.port } }),
    );

    expect(output).toBe('example.com cannot be reached (ECONNREFUSED).');
  });

  it('tries the next address when one cannot be connected to', async () => {
    page('<p>found');
    const addresses = ['127.0.0.2', '127.0.0.1'].map((address) => ({ address, family: 4 }));
    const tool = aTool({ lookup: async () => addresses, isAllowed: () => true });

    expect((await read(undefined, tool)).output).toContain('found');
  });

  it(
    'survives a page that cannot be turned into text',
    async () => {
      page('<div>'.repeat(300_000));

      expect(await read()).toEqual({
        output: 'The page came, but it is built in a way that cannot be turned into text.',
        isError: true,
      });
      page('<p>fine');
      expect((await read()).output).toContain('fine');
    },
    CONVERTER_TIMEOUT_MS,
  );

  describe('following redirects', () => {
    it.each([301, 302, 303, 307, 308])('goes along with %i', async (status) => {
      redirectTo('/end', status);

      expect((await read()).output).toBe('Address: http://example.com/end\n\narrived');
    });

    it('leaves after five', async () => {
      redirectTo('/again');
      const before = site.requests.length;

      expect(await read()).toEqual({
        output: expect.stringContaining('left after 5 redirects'),
        isError: true,
      });
      expect(site.requests.length - before).toBe(6);
    });

    it.each([
      ['file:///etc/passwd', 'https:// or http://'],
      ['http://root:hunter2@example.com/', 'user name'],
      ['http://example.com:6379/', 'usual ports'],
      ['//example.com:22/', 'usual ports'],
      ['http://[', 'no address'],
    ])('does not follow to %s', async (location, message) => {
      redirectTo(location);

      const { output, isError } = await read();

      expect({ output, isError }).toEqual({
        output: expect.stringContaining(message),
        isError: true,
      });
      expect(output).not.toContain('hunter2');
    });

    it.each([
      'http://127.0.0.1/end',
      'http://2130706433/end',
      'http://[::1]/end',
      'http://[::ffff:127.0.0.1]/end',
      'http://169.254.169.254/latest/meta-data/',
      'http://inside.example.com/end',
    ])('checks %s as it checked the first address', async (location) => {
      redirectTo(location);
      // Only what the name example.com means is allowed; everything else is judged as in production.
      const tool = aTool({
        lookup: async (name) => [
          { address: name === 'example.com' ? '127.0.0.1' : '10.0.0.7', family: 4 },
        ],
        isAllowed: (address) =>
          isPublicAddress(address) || (address === '127.0.0.1' && site.requests.length === before),
      });
      const before = site.requests.length;

      const { output, isError } = await read('http://example.com/start', tool);

      expect({ output, isError }).toEqual({
        output: expect.stringContaining('is not on the public internet'),
        isError: true,
      });
      expect(site.requests.length - before).toBe(1);
    });
  });

  it('connects to the address that it checked, whatever the name means a moment later', async () => {
    page('<p>secrets from inside');
    const isPublic = '127.0.0.2'; // Nobody listens there.
    let asked = 0;
    const before = site.requests.length;
    const tool = aTool({
      lookup: async () => [{ address: asked++ === 0 ? isPublic : '127.0.0.1', family: 4 }],
      isAllowed: (address) => address === isPublic,
    });

    const { output, isError } = await read('http://rebind.example.com/', tool);

    expect(isError).toBe(true);
    expect(output).not.toContain('secrets');
    expect(asked).toBe(1);
    expect(site.requests.length).toBe(before);
  });

  it('refuses this machine when it is left as it is in production', async () => {
    const { publicWeb } = await import('@openrouter-native/api/tools/webpage/follow');
    const { tool, close } = createFetchWebpage({
      web: publicWeb,
      userAgent: 'x',
      logger: silentLogger,
    });

    for (const host of [
      'localhost',
      '127.0.0.1',
      '0.0.0.0',
      '[::1]',
      '0x7f.1',
      '[::ffff:7f00:1]',
    ]) {
      expect(await read(`http://${host}/`, tool)).toEqual({
        output: expect.stringContaining('is not on the public internet'),
        isError: true,
      });
    }
    expect((await read(`http://127.0.0.1:${site.port}/`, tool)).output).toContain('usual ports');
    await close();
  });
});
