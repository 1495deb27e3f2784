import { describeSchemas } from './components.ts';
import { doctorPaths, otherFailure, paths } from './paths.ts';
import type { Header, OpenApiDocument } from './types.ts';

export interface OpenApiOptions {
  /** Of the host, as `/health` tells it. */
  version: string;
  /** Whether the routes of the doctor are there. */
  hasDoctor: boolean;
}

const headers: Record<string, Header> = {
  'X-Request-Id': {
    description: 'Names this request in the log; the one that was sent, when it is harmless.',
    schema: { type: 'string' },
  },
  'Retry-After': {
    description: 'Seconds to wait, where that is known.',
    schema: { type: 'integer', minimum: 0 },
  },
  'X-Cache': {
    description: 'Where the answer comes from; `STALE`: OpenRouter could not be asked.',
    schema: { type: 'string', enum: ['HIT', 'MISS', 'STALE', 'BYPASS'] },
  },
  ETag: { description: 'Names this state of the answer.', schema: { type: 'string' } },
  Age: {
    description: 'Seconds since OpenRouter was asked.',
    schema: { type: 'integer', minimum: 0 },
  },
  'X-Generation-Id': {
    description: "OpenRouter's name of the answer, where it is known before the first byte.",
    schema: { type: 'string' },
  },
  'X-OpenRouter-Attempts': {
    description: 'How many calls the answer took.',
    schema: { type: 'integer', minimum: 1 },
  },
};

/** Describes the routes of the plugin as they are, from the schemas that they check with. */
export function createOpenApiDocument({ version, hasDoctor }: OpenApiOptions): OpenApiDocument {
  return {
    openapi: '3.1.1',
    info: {
      title: 'OpenRouter Native',
      version,
      summary: 'Chat, models and balance of OpenRouter, through your own server.',
      description:
        'Send a token of this server as `Authorization: Bearer`; the OpenRouter key stays on the ' +
        'server. Every failure has one body, with a `reason` to switch on and an `action` that helps.',
    },
    servers: [{ url: '/api/openrouter', description: 'Where hosts mount the routes.' }],
    security: [{ bearer: [] }],
    tags: [
      { name: 'Chat', description: 'Answers of models.' },
      { name: 'Models', description: 'What can be asked, by whom it is served, at what price.' },
      { name: 'Account', description: 'Money.' },
      { name: 'Operation', description: 'For those who run the server.' },
    ],
    paths: { ...paths, ...(hasDoctor && doctorPaths) },
    components: {
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description:
            'Whatever the host accepts: in this app the token of a sign-in, or an app token (`orn-…`).',
        },
      },
      headers,
      responses: { Failure: otherFailure },
      schemas: describeSchemas(),
    },
  };
}
