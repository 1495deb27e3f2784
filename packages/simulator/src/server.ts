import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createAccounts } from './accounts/accounts.ts';
import { createAuthorizations } from './accounts/authorization.ts';
import { createApp } from './app.ts';
import { bundledModels } from './catalogue/bundled.ts';
import { createCatalogue } from './catalogue/catalogue.ts';
import { createPromptCache } from './chat/prompt-cache.ts';
import { createResponseCache } from './chat/response-cache.ts';
import type { Settings, SimulatorContext } from './context.ts';
import { createGenerations } from './generations.ts';
import type { Simulator, SimulatorOptions } from './options.ts';
import { createRecorder } from './record.ts';
import { createRuleBook } from './script.ts';

/**
 * Starts an offline OpenRouter that speaks real HTTP.
 *
 * @throws The listen error when host and port cannot be had.
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const context = createContext(options);
  const { settings, accounts, rules, now } = context;
  const recorder = createRecorder(settings.maxRecordedRequests, now);

  const server = createServer(createApp(context, recorder, options.scripting ?? false));
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(settings.port, settings.host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  let closed: Promise<unknown> | undefined;
  return {
    url: `http://${settings.host.includes(':') ? `[${settings.host}]` : settings.host}:${port}/api/v1`,
    keys: accounts.keys,
    requests: recorder.requests,
    script: (rule) => rules.add(rule),
    openConnections: () => sockets.size,
    async close() {
      if (!closed) {
        recorder.stop();
        closed = Promise.all([server, ...sockets].map((emitter) => once(emitter, 'close')));
        server.close();
        for (const socket of sockets) socket.destroy();
      }
      await closed;
    },
  };
}

function createContext(options: SimulatorOptions): SimulatorContext {
  const { now = Date.now, models = bundledModels() } = options;
  const settings = withDefaults(options);
  let number = 0;
  const nextNumber = () => (number += 1);
  return {
    settings,
    catalogue: createCatalogue(models),
    accounts: createAccounts(now),
    authorizations: createAuthorizations(now, nextNumber),
    rules: createRuleBook(),
    generations: createGenerations(settings.generationDelayMs),
    promptCache: createPromptCache(),
    responseCache: createResponseCache(),
    nextNumber,
    now,
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
