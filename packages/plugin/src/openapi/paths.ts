import { refTo, type SchemaName } from './components.ts';
import { failure, failures, ofChats, ofLookUps } from './failures.ts';
import type { Operation, Parameter, PathItem, Response } from './types.ts';

const flag = { type: 'string', enum: ['true', 'false', ''] };

const force: Parameter = {
  name: 'force',
  in: 'query',
  description:
    '`true` asks OpenRouter instead of the cache, at most once every few seconds for all readers.',
  schema: flag,
};

const fromCache = ['X-Request-Id', 'X-Cache'];

function answer(
  description: string,
  schema: SchemaName,
  headers: readonly string[] = ['X-Request-Id'],
): Response {
  return {
    description,
    headers: Object.fromEntries(
      headers.map((name) => [name, { $ref: `#/components/headers/${name}` }]),
    ),
    content: { 'application/json': { schema: refTo(schema) } },
  };
}

const listModels: Operation = {
  operationId: 'listModels',
  tags: ['Models'],
  summary: 'List the models',
  description:
    "Every model that users may choose, in OpenRouter's order and with every field that it sends. " +
    'Sent from memory, compressed once; while OpenRouter cannot be reached, the last list stands in.',
  parameters: [
    force,
    {
      name: 'zdr',
      in: 'query',
      description: '`true` leaves only models of which some provider keeps nothing.',
      schema: flag,
    },
    {
      name: 'offset',
      in: 'query',
      description: 'How many models come before the page. Without it and `limit`, all are listed.',
      schema: { type: 'integer', minimum: 0, default: 0 },
    },
    {
      name: 'limit',
      in: 'query',
      description: 'How many models a page holds.',
      schema: { type: 'integer', minimum: 1, maximum: 1000, default: 500 },
    },
    {
      name: 'If-None-Match',
      in: 'header',
      description: 'The `ETag` of a list that is known already.',
      schema: { type: 'string' },
    },
  ],
  responses: {
    200: answer('The list.', 'ModelList', [...fromCache, 'ETag', 'Age']),
    304: { description: 'The list is the one that `If-None-Match` names.' },
    ...failures([...ofLookUps, 'invalid_request']),
  },
};

const listEndpoints: Operation = {
  operationId: 'listModelEndpoints',
  tags: ['Models'],
  summary: 'List who serves a model',
  description: 'The providers of one model with their prices and limits, as OpenRouter tells them.',
  parameters: [
    {
      name: 'author',
      in: 'path',
      required: true,
      description: 'The part of the id before the slash.',
      schema: { type: 'string' },
    },
    {
      name: 'slug',
      in: 'path',
      required: true,
      description: 'The part of the id after the slash, with its variant: `gpt-oss-20b:free`.',
      schema: { type: 'string' },
    },
    force,
  ],
  responses: {
    200: answer('The providers.', 'ModelEndpoints', fromCache),
    ...failures([...ofLookUps, 'invalid_request', 'not_found']),
  },
};

const getCredits: Operation = {
  operationId: 'getCredits',
  tags: ['Account'],
  summary: 'Read the balance',
  description:
    "What is known about the money of the server's key, or of the user's own where users bring " +
    'keys. With a management key the balance is that of the account, otherwise what is left of the ' +
    "key's cap.",
  parameters: [force],
  responses: {
    200: answer('The balance.', 'Credits', fromCache),
    ...failures([...ofLookUps, 'invalid_request', 'management_key_required']),
  },
};

const getHealth: Operation = {
  operationId: 'getHealth',
  tags: ['Operation'],
  summary: 'Ask whether chats can be served',
  description: 'Without secrets, and without asking OpenRouter: for load balancers.',
  security: [],
  responses: {
    200: answer('Healthy, or degraded: requests are served.', 'Health'),
    503: answer('Unhealthy: there is nothing to serve.', 'Health'),
    default: { $ref: '#/components/responses/Failure' },
  },
};

const getDescription: Operation = {
  operationId: 'getOpenApi',
  tags: ['Operation'],
  summary: 'Read this description',
  description: 'OpenAPI 3.1 of these routes.',
  security: [],
  responses: {
    200: {
      description: 'The description.',
      headers: { ETag: { $ref: '#/components/headers/ETag' } },
      content: {
        'application/json': {
          schema: {
            type: 'object',
            properties: { openapi: { type: 'string', pattern: '^3\\.1\\.' } },
            required: ['openapi', 'info', 'paths'],
          },
        },
      },
    },
    304: { description: 'The description is the one that `If-None-Match` names.' },
    default: { $ref: '#/components/responses/Failure' },
  },
};

const chat: Operation = {
  operationId: 'createChatCompletion',
  tags: ['Chat'],
  summary: 'Ask a model',
  description:
    "OpenRouter's own chat protocol, as JSON or as an event stream, with retries and fallbacks " +
    'planned by this server. A failure before the first content is an HTTP status. A reader who ' +
    'leaves stops the call at OpenRouter. Any OpenAI-compatible client works with this address as ' +
    'its base URL and a token of this server as its API key.',
  requestBody: {
    required: true,
    content: {
      'application/json': {
        schema: refTo('ChatRequest'),
        example: {
          model: 'openai/gpt-4o-mini',
          stream: true,
          messages: [{ role: 'user', content: 'Name three rivers.' }],
        },
      },
    },
  },
  responses: {
    200: {
      description:
        'The answer. With `stream: true` each event is one `data:` line with a `ChatChunk` and a blank ' +
        'line; lines that begin with `:` are comments that keep the connection open. A failure after ' +
        'the first content is a chunk with `error`, an `Error`. `data: [DONE]` comes once and last; ' +
        'a stream that ends without it was cut.',
      headers: Object.fromEntries(
        ['X-Request-Id', 'X-Generation-Id', 'X-OpenRouter-Attempts'].map((name) => [
          name,
          { $ref: `#/components/headers/${name}` },
        ]),
      ),
      content: {
        'application/json': { schema: refTo('ChatCompletion') },
        'text/event-stream': { schema: refTo('ChatChunk') },
      },
    },
    ...failures(ofChats),
  },
};

const examine: Operation = {
  operationId: 'runDoctor',
  tags: ['Operation'],
  summary: 'Find out what is wrong',
  description:
    'Checks everything from the configuration to the stream and concludes. For administrators. One ' +
    'run at a time. With `Accept: text/event-stream` each check is sent as it ends.',
  parameters: [
    {
      name: 'completions',
      in: 'query',
      description: '`false` asks no model, so that nothing costs money.',
      schema: { type: 'string', enum: ['true', 'false'] },
    },
    {
      name: 'public_url',
      in: 'query',
      description: 'Where people open the page: checks the way through the reverse proxy as well.',
      schema: { type: 'string', format: 'uri' },
    },
  ],
  responses: {
    200: {
      description: 'The report, or its events, of which the last one holds it.',
      headers: { 'X-Request-Id': { $ref: '#/components/headers/X-Request-Id' } },
      content: {
        'application/json': { schema: refTo('DoctorReport') },
        'text/event-stream': { schema: refTo('DoctorEvent') },
      },
    },
    ...failures(['invalid_request', 'unauthenticated', 'admin_required']),
  },
};

const timedEvents: Operation = {
  operationId: 'streamTimedEvents',
  tags: ['Operation'],
  summary: 'Ten events, a tenth of a second apart',
  description:
    'Shows whether something on the way holds streams back. For administrators and the doctor.',
  responses: {
    200: {
      description: 'The events.',
      headers: { 'X-Request-Id': { $ref: '#/components/headers/X-Request-Id' } },
      content: { 'text/event-stream': { schema: refTo('DoctorTick') } },
    },
    ...failures(['unauthenticated', 'admin_required']),
  },
};

/** Every route of the plugin. */
export const paths: Readonly<Record<string, PathItem>> = {
  '/chat/completions': { post: chat },
  '/models': { get: listModels },
  '/models/{author}/{slug}/endpoints': { get: listEndpoints },
  '/credits': { get: getCredits },
  '/health': { get: getHealth },
  '/openapi.json': { get: getDescription },
};

/** Those that are there when the host has a doctor. */
export const doctorPaths: Readonly<Record<string, PathItem>> = {
  '/doctor': { get: examine },
  '/doctor/stream': { get: timedEvents },
};

export const otherFailure: Response = failure(
  "Any other failure, with the status that fits it: OpenRouter's own is kept where it tells something.",
);
