import type { ChatRequest } from '@openrouter-native/protocol';
import type { KnownFacts } from '../facts/known-facts.ts';
import { fitToBalance } from './affordable.ts';
import type { Change } from './change.ts';
import { refuseMisunderstandings } from './refuse.ts';
import { mendRejoined } from './rejoined.ts';
import { translateRetired } from './retired.ts';
import { fitToModel } from './supported.ts';

/**
 * A request in the form that OpenRouter takes today and its model supports. Each change is noted; a
 * request that needs none is handed back as it is.
 *
 * @throws OpenRouterError `invalid_request` for what must not be sent at all.
 */
export function normalise(
  original: ChatRequest,
  facts: KnownFacts,
  note: (change: Change) => void,
): ChatRequest {
  refuseMisunderstandings(original);
  const mended = mendRejoined(original, note);
  const request = translateRetired((id) => facts.model(id))(mended, note);
  const model = facts.model(request.model ?? '');
  if (!model) return request;
  return fitToBalance(model, facts.balanceUsd)(fitToModel(model)(request, note), note);
}
