import express, { Router } from 'express';
import { toolCallManners } from '../chat/tool-call-manners.ts';
import { isObject, read, type JsonObject } from '../json.ts';
import { invalidField } from '../invalid.ts';
import type { RecordedRequest } from '../options.ts';
import type { RuleBook, ScriptRule } from '../script.ts';

const FIELDS = new Set<keyof ScriptRule>([
  'match',
  'times',
  'delayMs',
  'respond',
  'fail',
  'empty',
  'toolCalls',
  'toolCallManner',
  'cutAtByte',
  'resetAtByte',
  'stallAtByte',
  'dripMs',
  'dripBytes',
  'stall',
  'contentType',
  'gzip',
  'garbage',
]);
const NUMBERS = ['delayMs', 'cutAtByte', 'resetAtByte', 'stallAtByte', 'dripMs', 'dripBytes'];
const FLAGS = ['empty', 'gzip', 'garbage'];

/**
 * The scripting API over HTTP, under `/__simulator`, for clients in other processes. A rule is written
 * as in process, with `"times": "always"` for `Infinity` and `respond.bodyBase64` for bytes.
 */
export function createControlRoutes(rules: RuleBook, requests: RecordedRequest[]): Router {
  const router = Router();
  const takeBacks = new Map<number, () => void>();
  let lastId = 0;

  router.use(express.json());

  router.post('/script', (request, response) => {
    lastId += 1;
    takeBacks.set(lastId, rules.add(readRule(request.body)));
    response.status(201).json({ id: lastId });
  });

  router.delete('/script/:id', (request, response) => {
    const id = Number(request.params.id);
    takeBacks.get(id)?.();
    response.json({ removed: takeBacks.delete(id) });
  });

  router.get('/requests', (_request, response) => {
    response.json({ data: requests });
  });

  router.post('/reset', (_request, response) => {
    rules.clear();
    takeBacks.clear();
    requests.length = 0;
    response.json({ reset: true });
  });

  return router;
}

/** @throws ApiError 400 for a field that no rule has, or a value of the wrong kind. */
function readRule(body: unknown): ScriptRule {
  if (!isObject(body)) throw invalidField('body', 'must be a JSON object');
  const unknown = Object.keys(body).find((field) => !(FIELDS as ReadonlySet<string>).has(field));
  if (unknown !== undefined) throw invalidField(unknown, 'is not a field of a rule');
  for (const field of NUMBERS) read.number(body, field, 0);
  for (const field of FLAGS) read.flag(body, field);
  for (const field of ['match', 'respond', 'fail']) read.object(body, field);
  readToolCalls(body);
  read.choice(body, 'toolCallManner', toolCallManners);
  read.choice(body, 'stall', ['headers', 'body'] as const);
  const times = body['times'] === 'always' ? Infinity : (read.integer(body, 'times', 1) ?? 1);
  const respond = isObject(body['respond']) ? { respond: readResponse(body['respond']) } : {};
  return { ...body, ...respond, times };
}

function readToolCalls(body: JsonObject): void {
  for (const [index, call] of (read.array(body, 'toolCalls') ?? []).entries()) {
    const field = `toolCalls.${index}`;
    if (!isObject(call)) throw invalidField(field, 'must be an object');
    if (typeof call['name'] !== 'string') throw invalidField(`${field}.name`, 'is required');
  }
}

function readResponse({ bodyBase64, ...respond }: JsonObject): JsonObject {
  return typeof bodyBase64 === 'string'
    ? { ...respond, body: Buffer.from(bodyBase64, 'base64') }
    : respond;
}
