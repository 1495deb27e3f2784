import { errorBodySchema } from '@openrouter-native/protocol';
import { startPluginHost, type PluginHost } from '../../support/plugin-host.ts';

let host: PluginHost;
afterEach(() => host.close());

it.each(['/doctor', '/doctor/stream'])('%s is 404 where no doctor was given', async (path) => {
  host = await startPluginHost();

  const response = await fetch(host.url + path);

  expect(response.status).toBe(404);
  expect(errorBodySchema.parse(await response.json()).error.reason).toBe('not_found');
});

it('asks the guard of the doctor alone, and tells its refusal like any other', async () => {
  host = await startPluginHost({
    plugin: {
      requireAuth: (_request, response) => void response.status(418).end(),
      doctor: {
        requireAdmin: (_request, response) => void response.status(403).end(),
        requireStreamReader: (_request, _response, next) => next(),
        examine: () => Promise.reject(new Error('must not run')),
      },
    },
  });

  expect((await fetch(`${host.url}/doctor`)).status).toBe(403);
  expect((await fetch(`${host.url}/doctor/stream`)).status).toBe(200);
  expect((await fetch(`${host.url}/doctor/nothing`)).status).toBe(418);
});
