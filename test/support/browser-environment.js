import { TestEnvironment } from 'jest-environment-jsdom';

/**
 * What a browser has and jsdom lacks, taken from Node, so that tests in a DOM speak real HTTP.
 * The abort classes are replaced too: Node's `fetch` refuses signals made by jsdom.
 */
const FROM_NODE = [
  'AbortController',
  'AbortSignal',
  'Headers',
  'ReadableStream',
  'Request',
  'Response',
  'TextDecoder',
  'TextEncoder',
  'Uint8Array',
  'fetch',
];

export default class BrowserEnvironment extends TestEnvironment {
  async setup() {
    await super.setup();
    for (const name of FROM_NODE) this.global[name] = globalThis[name];
  }
}
