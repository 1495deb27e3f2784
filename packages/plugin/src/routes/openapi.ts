import type { RequestHandler } from 'express';
import { createOpenApiDocument, type OpenApiOptions } from '../openapi/document.ts';
import { encodeJson, type EncodedJson } from '../services/representation.ts';
import { sendEncoded } from './send-encoded.ts';

/** `GET /openapi.json`: the description of these routes. Public; built when it is first asked for. */
export function createOpenApiHandler(options: OpenApiOptions): RequestHandler {
  let encoded: Promise<EncodedJson> | undefined;
  return async function handleOpenApi(request, response) {
    encoded ??= encodeJson(createOpenApiDocument(options));
    response.set('Cache-Control', 'public, no-cache');
    sendEncoded(request, response, await encoded);
  };
}
