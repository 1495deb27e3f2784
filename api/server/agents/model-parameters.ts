import { RequestError, validate } from '@openrouter-native/plugin';
import { chatRequestSchema, type ChatRequest } from '@openrouter-native/protocol';
import { z } from 'zod';

/** Parameters of a chat request, such as `temperature`, `reasoning` or `provider`. */
export type ModelParameters = Record<string, unknown>;

/** A JSON schema for `response_format` takes some ten; nothing else comes near. */
const MAX_BYTES = 256 * 1024;

const bodySchema = z.object({
  model_parameters: chatRequestSchema.omit({ model: true, messages: true, stream: true }),
});

/**
 * Checks parameters as the chat route does: those that are known by their type and range, all others
 * pass. What is `null` or empty is left out: LibreChat's form sends that for what is not set.
 *
 * @param model - The agent's model, which LibreChat's types allow to be repeated here.
 * @throws RequestError `invalid_request` that names the parameter.
 */
export function readModelParameters(parameters: ModelParameters, model: string): ModelParameters {
  const set = Object.fromEntries(
    Object.entries(parameters).filter(
      ([name, value]) => value != null && value !== '' && !(name === 'model' && value === model),
    ),
  );
  refuse(set, 'model', 'the model of an agent is set in model.');
  refuse(set, 'messages', 'what an agent is told belongs into instructions.');
  refuse(set, 'stream', 'the server decides this.');
  validate(bodySchema, { model_parameters: set });
  if ((set as Partial<ChatRequest>).tools?.some(({ type }) => type === 'function')) {
    throw invalid('tools', 'functions are chosen by name in the tools of the agent.');
  }
  if (Buffer.byteLength(JSON.stringify(set)) > MAX_BYTES) {
    throw new RequestError('invalid_request', `model_parameters: larger than ${MAX_BYTES} bytes.`);
  }
  return set;
}

function refuse(parameters: ModelParameters, name: string, why: string): void {
  if (name in parameters) throw invalid(name, why);
}

function invalid(name: string, why: string): RequestError {
  const field = `model_parameters.${name}`;
  return new RequestError('invalid_request', `${field}: ${why}`, { metadata: { fields: [field] } });
}

/** A request as the agent would make it, for those who judge models. */
export function asRequest(model: string, parameters: ModelParameters): ChatRequest {
  return { ...(parameters as Partial<ChatRequest>), model, messages: [] };
}
