import type { ChatRequest, Model } from '@openrouter-native/protocol';
import { without, type Normaliser } from './change.ts';

/**
 * Parameters that shape an answer without being part of the question: leaving one out that the model
 * does not know is better than failing. Tools, formats and pictures are not among them.
 */
const OPTIONAL_PARAMETERS = [
  'temperature',
  'top_p',
  'top_k',
  'min_p',
  'top_a',
  'frequency_penalty',
  'presence_penalty',
  'repetition_penalty',
  'seed',
  'stop',
  'logit_bias',
  'logprobs',
  'top_logprobs',
  'verbosity',
  'parallel_tool_calls',
];

/** From the most to the least. */
const EFFORTS = ['max', 'xhigh', 'high', 'medium', 'low', 'minimal', 'none'];

/** Fits a request to what the catalogue says of its model. `require_parameters` keeps it as it is. */
export function fitToModel(model: Model): Normaliser {
  return (request, note) => {
    if (request.provider?.['require_parameters'] === true) return request;
    return clampEffort(model)(dropUnsupported(model)(request, note), note);
  };
}

function dropUnsupported(model: Model): Normaliser {
  const supported = model.supported_parameters;
  return (request, note) => {
    if (!supported || supported.length === 0) return request; // Routers and gaps in the catalogue.
    return OPTIONAL_PARAMETERS.filter(
      (name) => request[name] != null && !supported.includes(name),
    ).reduce((current, field) => {
      note({ field, change: `not supported by ${model.id}, left out` });
      return without(current, field);
    }, request);
  };
}

function clampEffort(model: Model): Normaliser {
  return (request, note) => {
    const fitted = oneEffort(request, note);
    const isShort = fitted.reasoning_effort != null;
    const wanted = isShort ? fitted.reasoning_effort : fitted.reasoning?.['effort'];
    if (typeof wanted !== 'string' || !model.reasoning) return fitted;
    const effort = nearestEffort(wanted, model.reasoning);
    if (effort === wanted) return fitted;
    note({
      field: isShort ? 'reasoning_effort' : 'reasoning.effort',
      change: `${wanted} is not offered by ${model.id}, ${effort} sent`,
    });
    if (isShort) return { ...fitted, reasoning_effort: effort };
    return { ...fitted, reasoning: { ...fitted.reasoning, effort } };
  };
}

/** `reasoning_effort` is short for `reasoning.effort`; sending both with different values is an error. */
function oneEffort(request: ChatRequest, note: Parameters<Normaliser>[1]): ChatRequest {
  const { reasoning_effort: short } = request;
  if (short == null || !request.reasoning) return request;
  note({ field: 'reasoning_effort', change: 'merged into reasoning.effort' });
  const effort = request.reasoning['effort'] ?? short;
  return { ...without(request, 'reasoning_effort'), reasoning: { ...request.reasoning, effort } };
}

function nearestEffort(wanted: string, reasoning: NonNullable<Model['reasoning']>): string {
  const mandatory = reasoning.mandatory === true;
  const offered = (reasoning.supported_efforts ?? EFFORTS).filter(
    (effort) => !(mandatory && effort === 'none'),
  );
  const at = EFFORTS.indexOf(wanted);
  if (at < 0 || offered.includes(wanted) || (wanted === 'none' && !mandatory)) return wanted;
  const ranks = offered.map((effort) => EFFORTS.indexOf(effort)).filter((rank) => rank >= 0);
  if (ranks.length === 0) return wanted;
  const nearest = ranks.reduce((best, rank) =>
    Math.abs(rank - at) < Math.abs(best - at) ? rank : best,
  );
  return EFFORTS[nearest] ?? wanted;
}
