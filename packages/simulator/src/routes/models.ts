import { Router, type Response } from 'express';
import type { Model } from '@openrouter-native/protocol';
import type { Guardrail } from '../accounts/accounts.ts';
import { requireKey } from '../authenticate.ts';
import { authorOf } from '../catalogue/catalogue.ts';
import { listModels } from '../catalogue/list.ts';
import { requestFacts, type SimulatorContext } from '../context.ts';
import { describeEndpoint, describeProviders, endpointsOf } from '../endpoints/endpoints.ts';
import { ApiError } from '../errors.ts';

/** The catalogue: answered without a key, except the list of what one's own key may use. */
export function createModelRoutes(context: SimulatorContext): Router {
  const router = Router();
  const { catalogue } = context;
  const { models } = catalogue;

  router.get('/models', (request, response) => {
    response.json(listModels(models, request.query, '/api/v1/models'));
  });

  router.get('/models/count', (request, response) => {
    response.json({ data: { count: listModels(models, request.query, '').total_count } });
  });

  router.get('/models/user', (request, response) => {
    const { guardrail } = requireKey(response, context);
    const allowed = guardrail ? models.filter((model) => isAllowed(model, guardrail)) : models;
    response.json(listModels(allowed, request.query, '/api/v1/models/user'));
  });

  router.get('/model/:author/:slug', (request, response) => {
    const { author, slug } = request.params;
    const model = catalogue.findByPath(author, slug);
    if (!model) throw new ApiError(404, `Model not found: ${author}/${slug}`);
    response.json({ data: model });
  });

  router.get('/models/:author/:slug/endpoints', (request, response) => {
    const { author, slug } = request.params;
    const model = catalogue.findByPath(author, slug);
    const base = model ?? catalogue.findByPath(author, slug.split(':')[0] ?? '');
    if (!base) throw new ApiError(404, `Model not found: ${author}/${slug}`);
    // A real model with an unknown variant is answered, with nothing to route to.
    const endpoints = model ? endpointsOf(catalogue.target(model)) : [];
    const { id, name, created, description, architecture } = base;
    response.json({
      data: {
        id: model ? id : `${author}/${slug}`,
        name,
        created,
        description,
        architecture,
        endpoints: endpoints.map((endpoint) => describeEndpoint(endpoint, hasKey(response))),
      },
    });
  });

  router.get('/endpoints/zdr', (_request, response) => {
    const data = models
      .flatMap((model) => endpointsOf(model))
      .filter(({ provider }) => provider.retains === 'nothing')
      .map((endpoint) => describeEndpoint(endpoint, hasKey(response)));
    response.json({ data });
  });

  router.get('/providers', (_request, response) => {
    response.json({ data: describeProviders() });
  });

  return router;
}

function isAllowed(model: Model, { ignoredAuthors, enforceZdr }: Guardrail): boolean {
  if (ignoredAuthors.includes(authorOf(model))) return false;
  return !enforceZdr || endpointsOf(model).some(({ provider }) => provider.retains === 'nothing');
}

function hasKey(response: Response): boolean {
  return requestFacts(response).key !== undefined;
}
