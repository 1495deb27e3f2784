import type { ChatRequest, ErrorReason, Model } from '@openrouter-native/protocol';
import { OpenRouterError, type OpenRouterErrorDetails } from '../errors.ts';
import { directModelId, type Route } from '../plan/route.ts';
import type { Transport } from '../transport/transport.ts';

/** For routes of a plan whose calls a test makes by itself. */
const noTransport: Transport = {
  requestJson: () => Promise.reject(new Error('Not for calls')),
  openStream: () => Promise.reject(new Error('Not for calls')),
  close: () => Promise.resolve(),
};

/** A route of OpenRouter, or of a direct provider when it is given models. */
export function aRoute(id: string, models?: Record<string, string>): Route {
  return {
    id,
    kind: models ? 'direct' : 'openrouter',
    headers: {},
    transport: noTransport,
    modelId: (model) => (models ? directModelId(models, model) : model),
  };
}

export function aModel(id: string, rest: Partial<Model> = {}): Model {
  return { id, name: id, pricing: { prompt: '0.000001', completion: '0.000002' }, ...rest };
}

export function aRequest(rest: Partial<ChatRequest> = {}): ChatRequest {
  return { model: 'a/b', messages: [{ role: 'user', content: 'Hi' }], ...rest };
}

export function anError(
  reason: ErrorReason,
  details: OpenRouterErrorDetails = {},
  message = `Failed: ${reason}.`,
): OpenRouterError {
  return new OpenRouterError(reason, message, details);
}
