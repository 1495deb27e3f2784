import { RequestError } from '@openrouter-native/plugin';
import {
  isRetired,
  lacksOf,
  suggestModels,
  type ChatRequest,
  type ErrorReason,
  type Lack,
  type ModelNeeds,
} from '@openrouter-native/protocol';
import type { ListedModels } from '../agents/listed-models.ts';
import { isCompressed } from './compression.ts';
import { mediaOf } from './prompt-content.ts';
import { fewestTokens } from './token-bounds.ts';

/** What can be known about models before they are asked. */
export interface Offer {
  /** Those that may be used here, by all their names. */
  listed: ListedModels;
  /** Models that can be had beside those that are listed. */
  unlisted: ReadonlySet<string>;
  at: Date;
}

/** What a request needs of whoever answers it. */
export function needsOf(request: ChatRequest, isLimited: boolean): ModelNeeds {
  const { messages, tools, modalities } = request;
  const media = mediaOf(messages).map(({ medium }) => medium);
  return {
    tools: tools?.some(({ type }) => type === 'function') === true,
    // Files reach every model, through a parser where it reads none itself.
    input: [...new Set(media)].filter((medium) => medium !== 'file'),
    output: (modalities ?? []).filter((modality) => modality !== 'text'),
    contextTokens: isCompressed(request, null) ? 0 : fewestTokens(messages),
    knownPrice: isLimited,
  };
}

/**
 * Finds out whether any of the models that a request names can do what it needs. Only what surely fails
 * is refused; presets are not looked into.
 *
 * @throws RequestError `invalid_model_id`, `model_unavailable`, `model_lacks_capability` or
 *   `context_length_exceeded`, about the first model, with up to three that would do in
 *   `metadata.suggestions`.
 */
export function requireCapable(request: ChatRequest, needs: ModelNeeds, offer: Offer): void {
  const ids = [request.model, ...(request.models ?? [])].filter((id) => id !== undefined);
  const [problem, ...others] = ids.map((id) => problemOf(id, request, needs, offer));
  if (!problem) return;
  const { reason, message } = problem;
  // Upstream refuses a request for an unknown model whatever else it names.
  if (reason !== 'invalid_model_id' && others.includes(null)) return;
  throw refusal(reason, message, request.model ?? '', needs, offer);
}

interface Problem {
  reason: ErrorReason;
  /** Without full stop. */
  message: string;
}

function problemOf(
  id: string,
  request: ChatRequest,
  needs: ModelNeeds,
  { listed, unlisted, at }: Offer,
): Problem | null {
  const model = listed.find(id);
  if (!model) {
    // What a preset or a provider beside OpenRouter can do is not known here, nor what it costs.
    if (id.includes('@') || unlisted.has(id)) return needs.knownPrice ? unpriced(id) : null;
    return { reason: 'invalid_model_id', message: `There is no model ${id} here, or not any more` };
  }
  if (isRetired(model, at)) {
    const message = `${model.name} was retired on ${model.expiration_date}`;
    return { reason: 'model_unavailable', message };
  }
  if (model.id.endsWith(':batch')) {
    return {
      reason: 'model_unavailable',
      message: `${model.name} answers batches only, not chats`,
    };
  }
  const lacks = lacksOf(model, needs).filter(
    (lack) => lack.kind !== 'context' || !isCompressed(request, lack.contextTokens),
  );
  const [first] = lacks;
  if (!first) return null;
  const reason = first.kind === 'context' ? 'context_length_exceeded' : CANNOT;
  const message = `${model.name} ${lacks.map((lack) => inWords(lack, needs)).join(' and ')}`;
  return { reason, message };
}

function unpriced(id: string): Problem {
  return { reason: CANNOT, message: `${id} ${NO_PRICE}` };
}

const NO_PRICE = 'has no price that is known beforehand, so it cannot be kept to a spending limit';
const CANNOT = 'model_lacks_capability';

function inWords(lack: Lack, needs: ModelNeeds): string {
  switch (lack.kind) {
    case 'tools':
      return 'cannot use tools';
    case 'input':
      return `cannot read ${MEDIA[lack.modality] ?? lack.modality}`;
    case 'output':
      return `cannot make ${MEDIA[lack.modality] ?? lack.modality}`;
    case 'context':
      return `takes ${lack.contextTokens} tokens, and this conversation has more than ${needs.contextTokens}`;
    case 'price':
      return NO_PRICE;
    default:
      return lack satisfies never;
  }
}

const MEDIA: Readonly<Record<string, string>> = {
  image: 'pictures',
  audio: 'sound',
  video: 'film',
};

function refusal(
  reason: ErrorReason,
  message: string,
  wanted: string,
  needs: ModelNeeds,
  { listed, at }: Offer,
): RequestError {
  const suggestions = suggestModels(listed.models, needs, wanted, at);
  const names = suggestions.map(({ name }) => name);
  const advice =
    names.length > 0 ? `These would do: ${names.join(', ')}.` : 'No model here would do.';
  return new RequestError(reason, `${message}. ${advice}`, {
    ...(names.length > 0 && { action: `Choose another model, such as ${names[0]}.` }),
    metadata: { model: wanted, suggestions: suggestions.map(({ id }) => id) },
  });
}
