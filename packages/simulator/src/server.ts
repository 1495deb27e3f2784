import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { RequestHandler, Response } from 'express';
import { createAccounts } from './accounts/accounts.ts';
import { createApp } from './app.ts';
import { bundledModels } from './catalogue/bundled.ts';
import { createCatalogue } from './catalogue/catalogue.ts';
import { requestFacts, type Settings, type SimulatorContext } from './context.ts';
import { askedModel } from './chat/request.ts';
import { createPromptCache } from './chat/prompt-cache.ts';
import { createResponseCache } from './chat/response-cache.ts';
import { createGenerations } from './generations.ts';
import type { RecordedRequest, Simulator, SimulatorOptions } from './options.ts';
import { createRuleBook, type ScriptedResponse } from './script.ts';
import { shapeResponse } from './shape.ts';

/**
 * Starts an offline OpenRouter that speaks real HTTP.
 *
 * @throws The listen error when host and port cannot be had.
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { now = Date.now, models = bundledModels() } = options;
  const settings = withDefaults(options);
  const accounts = createAccounts(now);
  const catalogue = createCatalogue(models);
  const rules = createRuleBook();
  let number = 0;
  const context: SimulatorContext = {
    settings,
    catalogue,
    accounts,
    rules,
    generations: createGenerations(settings.generationDelayMs),
    promptCache: createPromptCache(),
    responseCache: createResponseCache(),
    nextNumber: () => (number += 1),
    now,
  };
  const requests: RecordedRequest[] = [];

  let closing = false;
  const record: RequestHandler = (_request, response, next) => {
    const facts = requestFacts(response);
    requests.push(facts.record);
    if (requests.length > settings.maxRecordedRequests) requests.shift();
    response.on('close', () => {
      facts.record.closedAt = now();
      facts.record.finished = response.writableFinished && !facts.interrupted;
      facts.record.aborted = !response.writableFinished && !facts.interrupted && !closing;
    });
    next();
  };
  const followScript: RequestHandler = async (_request, response, next) => {
    const { record: request } = requestFacts(response);
    const rule = rules.take({
      method: request.method,
      path: request.path,
      model: askedModel(request.body),
    });
    if (!rule) return next();
    shapeResponse(response, rule, () => {
      requestFacts(response).interrupted = true;
    });
    if (rule.stall === 'headers') return;
    if (rule.delayMs) await waitUnlessClosed(rule.delayMs, response);
    if (response.destroyed) return;
    if (rule.stall === 'body') {
      response.writeHead(rule.respond?.status ?? 200, rule.respond?.headers);
      response.flushHeaders();
      return;
    }
    if (rule.respond) respond(response, rule.respond);
    else next();
  };

  const server = createServer(createApp(context, [record, followScript]));
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(settings.port, settings.host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://${hostInUrl(settings.host)}:${port}/api/v1`,
    keys: accounts.keys,
    requests,
    script: (rule) => rules.add(rule),
    openConnections: () => sockets.size,
    async close() {
      if (closing) return;
      closing = true;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function withDefaults(options: SimulatorOptions): Settings {
  const tokensPerSecond = options.tokensPerSecond ?? 60;
  return {
    host: options.host ?? '127.0.0.1',
    port: options.port ?? 0,
    tokensPerSecond,
    firstTokenMs: options.firstTokenMs ?? (tokensPerSecond === Infinity ? 0 : 300),
    keepAliveMs: options.keepAliveMs ?? 5000,
    usageChunk: options.usageChunk ?? 'repeats-finish',
    keyLimitStatus: options.keyLimitStatus ?? 402,
    generationDelayMs: options.generationDelayMs ?? 250,
    maxRecordedRequests: options.maxRecordedRequests ?? 1000,
  };
}

function respond(response: Response, answer: ScriptedResponse): void {
  response.status(answer.status ?? 200);
  if (answer.events) {
    response.set('Content-Type', 'text/event-stream').set(answer.headers ?? {});
    response.end(answer.events.map((data) => `data: ${data}\n\n`).join(''));
    return;
  }
  const { body } = answer;
  if (body === undefined) response.set(answer.headers ?? {}).end();
  else if (typeof body === 'string' || Buffer.isBuffer(body)) {
    response
      .set('Content-Type', 'application/json')
      .set(answer.headers ?? {})
      .end(body);
  } else response.set(answer.headers ?? {}).json(body);
}

async function waitUnlessClosed(ms: number, response: Response): Promise<void> {
  const closed = new AbortController();
  response.on('close', () => closed.abort());
  await wait(ms, undefined, { signal: closed.signal }).catch(() => undefined);
}

function hostInUrl(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
