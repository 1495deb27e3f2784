/** Preloaded into Portkey's gateway, which has no option for its address: all it listens on is the loopback. */
import { Server } from 'node:net';

type Listen = (this: Server, ...rest: unknown[]) => Server;
const listen = Reflect.get(Server.prototype, 'listen') as Listen;

Reflect.set(Server.prototype, 'listen', function listenOnLoopback(port, ...rest) {
  const callback = rest.find((value) => typeof value === 'function');
  return listen.call(this, { port, host: '127.0.0.1' }, callback);
} satisfies Listen);
