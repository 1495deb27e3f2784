/** A JSON object that nothing is known about yet. */
export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The model that a body asks for first: `model`, or the head of `models`; `null` when it names none. */
export function askedModel(body: unknown): string | null {
  if (!isObject(body)) return null;
  if (typeof body['model'] === 'string') return body['model'];
  const models = body['models'];
  return Array.isArray(models) && typeof models[0] === 'string' ? models[0] : null;
}
