import { readEnvironment, type Environment } from './environment.ts';
import { readProxy } from './proxy.ts';

const PROXY = 'http://proxy.example:8080';
const OTHER = 'http://other.example:8080';

function read(values: Record<string, string>) {
  return readProxy(readEnvironment(values).environment as Environment);
}

describe('readProxy', () => {
  it.each([
    ['nothing is set', {}, null],
    ['only PROXY is set', { PROXY }, PROXY],
    ['both are set', { PROXY, HTTPS_PROXY: OTHER }, PROXY],
    ['only the system’s is set', { HTTPS_PROXY: OTHER }, OTHER],
    ['the host is exempt', { HTTPS_PROXY: OTHER, NO_PROXY: 'localhost, openrouter.ai' }, null],
    ['all hosts are exempt', { HTTPS_PROXY: OTHER, NO_PROXY: '*' }, null],
    ['another host is exempt', { HTTPS_PROXY: OTHER, NO_PROXY: 'router.ai,ai.example' }, OTHER],
    [
      'its domain is exempt',
      {
        HTTPS_PROXY: OTHER,
        NO_PROXY: '.corp.example',
        OPENROUTER_BASE_URL: 'https://gate.corp.example/v1',
      },
      null,
    ],
    ['http is used', { HTTPS_PROXY: OTHER, OPENROUTER_BASE_URL: 'http://127.0.0.1:3999' }, null],
  ])('when %s', (_name, values, expected) => {
    expect(read(values)).toBe(expected);
  });
});
