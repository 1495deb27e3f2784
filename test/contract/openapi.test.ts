import { brotliDecompressSync } from 'node:zlib';
import { request as httpRequest } from 'node:http';
import { decodeEventStream, TERMINATOR } from '@openrouter-native/protocol';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { hostRoutes } from '../docs/host-routes.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';

/** The part of a description that is read here. */
interface Description {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown> };
}
interface Operation {
  operationId: string;
  security?: unknown[];
  requestBody?: { content: Content };
  responses: Record<string, { content?: Content; $ref?: string }>;
}
type Content = Record<string, { schema: { $ref?: string }; example?: unknown }>;

const PLANTED = 'plantedplantedplantedplantedplantedplanted';

let host: TestApp;
let token: string;
let text: string;
let description: Description;
const url = (path: string) => `${host.url}/api/openrouter${path}`;

beforeAll(async () => {
  host = await createTestApp({ environment: { JWT_SECRET: PLANTED } });
  ({ token } = await host.signUp());
  text = await (await fetch(url('/openapi.json'))).text();
  description = JSON.parse(text) as Description;
});

/** Checks values against the schemas of the description, as a client would that knows nothing else. */
function createChecker() {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  // The package is CommonJS: its function is the default of its default, or the default, as it is read.
  const { default: add = addFormats } = addFormats as unknown as { default?: typeof addFormats };
  (add as unknown as (target: Ajv2020) => void)(ajv);
  ajv.addSchema({ $id: 'openapi', ...description });
  return (schema: object, value: unknown) => {
    const local = JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"openapi#/')) as object;
    const check = ajv.compile(local);
    return check(value) ? [] : (check.errors ?? []).map((error) => JSON.stringify(error));
  };
}

function operationsOf({ paths }: Description): (Operation & { key: string })[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({
      key: `${method.toUpperCase()} ${path}`,
      ...operation,
    })),
  );
}

it('is valid OpenAPI 3.1, by the official meta schema, references included', async () => {
  const validator = new Validator();

  const result = await validator.validate(JSON.parse(text) as Record<string, unknown>);

  expect(result).toEqual({ valid: true });
  expect(validator.version).toBe('3.1');
});

it('is refused by that meta schema when it is wrong', async () => {
  const broken = JSON.parse(text) as Description;
  const [operation] = operationsOf(broken);
  Object.assign(broken.paths, { 'without-a-slash': { get: operation } });

  const { valid } = await new Validator().validate({ ...broken });

  expect(valid).toBe(false);
});

interface Layer {
  rawPath?: string;
  route?: { path: string | string[]; methods: Record<string, boolean> };
  handle?: { stack?: Layer[] };
}

/** Every route of a router and of the routers in it, as `GET /path/:name`. */
function routesOf({ stack = [] }: { stack?: Layer[] }, prefix = ''): string[] {
  return stack.flatMap(({ route, handle, rawPath = '/' }) => {
    if (!route) return handle ? routesOf(handle, `${prefix}${rawPath}`.replace(/\/$/, '')) : [];
    const paths = [route.path].flat().map((path) => `${prefix}${path}`.replace(/(?<=.)\/$/, ''));
    // `_all` answers what is not documented: with 405.
    const methods = Object.keys(route.methods).filter((name) => !['_all', 'head'].includes(name));
    return methods.flatMap((method) => paths.map((path) => `${method.toUpperCase()} ${path}`));
  });
}

it('stands in the reference beside every other route of the app', () => {
  const { router } = host.app as unknown as { router: { stack: Layer[] } };
  const others = routesOf(router).filter((route) => !route.includes(' /api/openrouter/'));
  const listed = hostRoutes.flatMap(({ routes }) => Object.keys(routes));

  expect(listed.toSorted()).toEqual([...new Set(others)].toSorted());
});

it('describes every route that the router has, and no other', () => {
  const described = operationsOf(description).map(({ key }) => key);
  const { router } = host.provider.plugin ?? {};
  if (!router) throw new Error('There is no router');

  const routes = routesOf(router as unknown as { stack: Layer[] }).map((route) =>
    route.replaceAll(/:(\w+)/g, '{$1}'),
  );

  expect(routes).toContain('GET /doctor/stream');
  expect(described.toSorted()).toEqual([...new Set(routes)].toSorted());
});

const question = {
  model: 'openai/gpt-4o-mini',
  messages: [{ role: 'user', content: 'Name three rivers.' }],
  max_tokens: 20,
};

/** What is asked of each operation, and with which answer. */
const asked: Record<string, { path: string; body?: object; accept?: string }[]> = {
  'POST /chat/completions': [
    { path: '/chat/completions', body: question },
    { path: '/chat/completions', body: { ...question, stream: true }, accept: 'text/event-stream' },
  ],
  'GET /models': [{ path: '/models' }, { path: '/models?zdr=true' }],
  'GET /models/{author}/{slug}/endpoints': [{ path: '/models/openai/gpt-4o-mini/endpoints' }],
  'GET /credits': [{ path: '/credits?force=true' }],
  'GET /health': [{ path: '/health' }],
  'GET /openapi.json': [{ path: '/openapi.json' }],
  'GET /doctor': [
    { path: '/doctor?completions=false' },
    { path: '/doctor?completions=false', accept: 'text/event-stream' },
  ],
  'GET /doctor/stream': [{ path: '/doctor/stream', accept: 'text/event-stream' }],
};

it('is kept by every route: real answers are what it says', async () => {
  const operations = operationsOf(description);
  const mistakes = createChecker();
  expect(Object.keys(asked).toSorted()).toEqual(operations.map(({ key }) => key).toSorted());

  const told = await Promise.all(
    operations.map(async ({ key, responses }) => {
      const found: string[] = [];
      // One after the other: the doctor examines one at a time.
      for (const { path, body, accept = 'application/json' } of asked[key] ?? []) {
        // oxlint-disable-next-line no-await-in-loop
        const response = await send(path, { ...(body && { body }), accept });
        const schema = responses[String(response.status)]?.content?.[accept]?.schema;
        if (!schema || !response.headers.get('content-type')?.startsWith(accept)) {
          throw new Error(`${key} answered ${response.status} ${response.headers.get('content-type')}`); // prettier-ignore
        }
        // oxlint-disable-next-line no-await-in-loop
        const values = await valuesOf(response);
        expect(values.length).toBeGreaterThan(0);
        found.push(...values.flatMap((value) => mistakes(schema, value)));
      }
      return [key, found.slice(0, 3)];
    }),
  );

  expect(told).toEqual(operations.map(({ key }) => [key, []]));
});

it.each<[string, number, string, { path: string; body?: object; token?: string }]>([
  ['no sign-in', 401, 'POST /chat/completions', { path: '/chat/completions', body: question, token: '' }], // prettier-ignore
  ['a wrong field', 400, 'POST /chat/completions', { path: '/chat/completions', body: { ...question, temperature: 9 } }], // prettier-ignore
  ['an unknown model', 400, 'POST /chat/completions', { path: '/chat/completions', body: { ...question, model: 'nobody/nothing' } }], // prettier-ignore
  ['a flag that is none', 400, 'GET /models', { path: '/models?force=perhaps' }],
  ['a model without a page', 404, 'GET /models/{author}/{slug}/endpoints', { path: '/models/nobody/nothing/endpoints' }], // prettier-ignore
  ['a visitor', 401, 'GET /doctor', { path: '/doctor', token: '' }],
])('describes the failure after %s', async (_name, status, key, { path, body, token: sent }) => {
  const operation = operationsOf(description).find((one) => one.key === key);

  const response = await send(path, { ...(body && { body }), token: sent ?? token });
  const schema = operation?.responses[String(status)]?.content?.['application/json']?.schema;

  expect(response.status).toBe(status);
  expect(schema).toEqual({ $ref: '#/components/schemas/Error' });
  expect(createChecker()(schema ?? {}, await response.json())).toEqual([]);
});

it('says of a request what the route says of it', async () => {
  const mistakes = createChecker();
  const schema = { $ref: '#/components/schemas/ChatRequest' };
  const chat = operationsOf(description).find(({ key }) => key === 'POST /chat/completions');
  const example = chat?.requestBody?.content['application/json']?.example;

  expect(mistakes(schema, example)).toEqual([]);
  expect((await send('/chat/completions', { body: example as object })).status).toBe(200);
  for (const wrong of [
    { messages: [] },
    { ...question, top_p: 2 },
    { ...question, fallbacks: 7 },
  ]) {
    expect(mistakes(schema, wrong)).not.toEqual([]);
    // oxlint-disable-next-line no-await-in-loop
    expect((await send('/chat/completions', { body: wrong })).status).toBe(400);
  }
});

it('is public, compressed once, and saved by readers that have it', async () => {
  const first = await raw('/openapi.json', { 'Accept-Encoding': 'br' });
  const { etag = '' } = first.headers;
  const again = await raw('/openapi.json', { 'If-None-Match': String(etag) });

  expect(first.status).toBe(200);
  expect(first.headers['content-encoding']).toBe('br');
  expect(brotliDecompressSync(first.body).toString()).toBe(text);
  expect(first.body.length).toBeLessThan(12_000);
  expect(first.headers['cache-control']).toBe('public, no-cache');
  expect(again.status).toBe(304);
  expect(again.body).toHaveLength(0);
});

it('holds no secret of the server', () => {
  expect(text).not.toContain(PLANTED);
  expect(text).not.toContain('sk-or-');
});

it('describes no doctor where there is none', async () => {
  const { startPluginHost } = await import('../support/plugin-host.ts');
  const plain = await startPluginHost();
  const { paths } = (await (await fetch(`${plain.url}/openapi.json`)).json()) as Description;
  await plain.close();

  expect(Object.keys(paths)).toContain('/models');
  expect(Object.keys(paths)).not.toContain('/doctor');
});

function send(
  path: string,
  { body, accept = 'application/json', token: sent = token }: { body?: object; accept?: string; token?: string }, // prettier-ignore
): Promise<Response> {
  return fetch(url(path), {
    headers: {
      Accept: accept,
      ...(sent !== '' && { Authorization: `Bearer ${sent}` }),
      ...(body && { 'Content-Type': 'application/json' }),
    },
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  });
}

/** The body, or the payload of each of its events. */
async function valuesOf(response: Response): Promise<unknown[]> {
  if (!response.headers.get('content-type')?.startsWith('text/event-stream')) {
    return [await response.json()];
  }
  const payloads: string[] = [];
  for await (const message of decodeEventStream(response.body!)) {
    if (message.type === 'data') payloads.push(message.data);
  }
  return payloads.filter((data) => data !== TERMINATOR).map((data) => JSON.parse(data) as unknown);
}

/** Without what `fetch` does to headers and bodies. */
function raw(path: string, headers: Record<string, string>) {
  return new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: Buffer }>(
    (resolve, reject) => {
      httpRequest(url(path), { headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks),
          }),
        );
      })
        .on('error', reject)
        .end();
    },
  );
}
