import type { RequestHandler } from 'express';
import type { PermitOf } from '../permit.ts';
import { noSuchModel, type EndpointsService } from '../services/endpoints.ts';
import { readForce } from './models.ts';

/**
 * `GET /models/{author}/{slug}/endpoints`: who serves this model, at what price, as OpenRouter tells
 * it, each field kept. The same path as upstream, so that its clients find it.
 */
export function createEndpointsHandler(
  endpoints: EndpointsService,
  permitOf: PermitOf,
): RequestHandler {
  return async function handleEndpoints(request, response) {
    const { author, slug } = request.params as { author: string; slug: string };
    const id = `${author}/${slug}`;
    if (permitOf(request, response)?.models?.includes(id) === false) throw noSuchModel();
    const answer = await endpoints.read(id, { force: readForce(request) });
    response.set({ 'Cache-Control': 'private, no-cache', 'X-Cache': answer.state });
    response.json({ data: { id, endpoints: answer.value } });
  };
}
