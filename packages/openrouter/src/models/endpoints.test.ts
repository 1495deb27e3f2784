import { endpointsPath, readEndpoints } from './endpoints.ts';

const anEndpoint = {
  name: 'P | a/b',
  provider_name: 'P',
  pricing: { prompt: '0', completion: '0' },
};

describe('endpointsPath', () => {
  it.each([
    ['openai/gpt-5-mini', '/models/openai/gpt-5-mini/endpoints'],
    ['acme/model:free', '/models/acme/model%3Afree/endpoints'],
    ['~acme/latest', '/models/~acme/latest/endpoints'],
    ['acme/a b?c#d', '/models/acme/a%20b%3Fc%23d/endpoints'],
  ])('of %s is %s', (model, path) => {
    expect(endpointsPath(model)).toBe(path);
  });

  it.each(['', 'acme', 'acme/', '/x', '..', '../credits', 'acme/..', './x', 'a/b/c', 'a//b'])(
    'does not exist for %j',
    (model) => {
      expect(() => endpointsPath(model)).toThrow('A model is named as author/slug.');
    },
  );
});

describe('readEndpoints', () => {
  it('leaves out what is no endpoint, and keeps every field of the others', () => {
    const kept = { later: 1, ...anEndpoint };

    expect(readEndpoints({ data: { endpoints: [kept, null, { name: 'x' }] } })).toEqual([kept]);
  });

  it.each([[{}], [{ data: [] }], [{ data: { endpoints: null } }], ['x']])('refuses %j', (body) => {
    expect(() => readEndpoints(body)).toThrow('The list of endpoints cannot be read.');
  });
});
