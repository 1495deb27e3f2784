import {
  conform,
  endpointSchema,
  endpointsResponseSchema,
  type Endpoint,
} from '@openrouter-native/protocol';
import { malformed, OpenRouterError } from '../errors.ts';

/**
 * Where the endpoints of a model are listed, below the base URL.
 *
 * @param model - `author/slug`, with or without a variant.
 * @throws OpenRouterError `invalid_model_id` when it is none, and so might name another route.
 */
export function endpointsPath(model: string): string {
  const parts = model.split('/');
  if (parts.length !== 2 || parts.some((part) => /^\.{0,2}$/.test(part))) {
    throw new OpenRouterError('invalid_model_id', 'A model is named as author/slug.');
  }
  return `/models/${parts.map(encodeURIComponent).join('/')}/endpoints`;
}

/**
 * The endpoints in an answer; an entry that is none is left out.
 *
 * @throws OpenRouterError `malformed_response` when there is no list.
 */
export function readEndpoints(answer: unknown): Endpoint[] {
  const list = conform(endpointsResponseSchema, answer);
  if (list === null) throw malformed('The list of endpoints cannot be read.');
  return list.data.endpoints.flatMap((entry) => conform(endpointSchema, entry) ?? []);
}
