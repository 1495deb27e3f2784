import { setTimeout as wait } from 'node:timers/promises';
import type { RequestHandler, Response } from 'express';
import { encodeEvent } from '@openrouter-native/protocol';
import { askedModel } from './chat/request.ts';
import { requestFacts } from './context.ts';
import type { RuleBook, ScriptedResponse } from './script.ts';
import { shapeResponse } from './shape.ts';

/** Applies the first rule that matches a request, before any route sees it. */
export function createScriptFollower(rules: RuleBook): RequestHandler {
  return async function followScript(_request, response, next) {
    const facts = requestFacts(response);
    const { method, path, body } = facts.record;
    const rule = rules.take({ method, path, model: askedModel(body) });
    if (!rule) {
      next();
      return;
    }
    shapeResponse(response, rule, () => {
      facts.interrupted = true;
    });
    if (rule.stall === 'headers') return;
    if (rule.delayMs !== undefined) await waitUnlessClosed(rule.delayMs, response);
    if (response.destroyed) return;
    if (rule.stall === 'body') {
      response.writeHead(rule.respond?.status ?? 200, rule.respond?.headers);
      response.flushHeaders();
    } else if (rule.respond) await respond(response, rule.respond);
    else next();
  };
}

async function respond(
  response: Response,
  { status = 200, headers, body, events }: ScriptedResponse,
): Promise<void> {
  response.status(status);
  if (events) {
    response.set('Content-Type', 'text/event-stream').set(headers ?? {});
    if (Symbol.asyncIterator in events) await sendOneByOne(response, events);
    else response.end(events.map((event) => encodeEvent(event)).join(''));
  } else if (body === undefined) response.set(headers ?? {}).end();
  else if (typeof body === 'string' || Buffer.isBuffer(body)) {
    response
      .set('Content-Type', 'application/json')
      .set(headers ?? {})
      .end(body);
  } else response.set(headers ?? {}).json(body);
}

async function sendOneByOne(response: Response, events: AsyncIterable<string>): Promise<void> {
  response.flushHeaders();
  for await (const event of events) {
    if (response.destroyed) return;
    response.write(encodeEvent(event));
  }
  response.end();
}

async function waitUnlessClosed(ms: number, response: Response): Promise<void> {
  const closed = new AbortController();
  response.on('close', () => closed.abort());
  await wait(ms, undefined, { signal: closed.signal }).catch(() => undefined);
}
