import type { ChatRequest, Model } from '@openrouter-native/protocol';
import { aModel, aRequest } from '../testing/plan.ts';
import type { Change } from './change.ts';
import { translateRetired } from './retired.ts';

function translate(rest: Partial<ChatRequest>, listed: Model[] = []) {
  const changes: Change[] = [];
  const find = (model: string) => listed.find(({ id }) => id === model);
  const request = translateRetired(find)(aRequest(rest), (change) => changes.push(change));
  return { request, fields: changes.map(({ field }) => field) };
}
const search = { type: 'openrouter:web_search' };
const aTool = { type: 'function', function: { name: 'f' } };

it.each<[string, Partial<ChatRequest>, Partial<ChatRequest>]>([
  ['transforms', { transforms: ['middle-out'] }, { plugins: [{ id: 'context-compression' }] }],
  [
    'transforms',
    { transforms: [], plugins: [{ id: 'file-parser' }] },
    { plugins: [{ id: 'file-parser' }, { id: 'context-compression', enabled: false }] },
  ],
  [
    'transforms',
    { transforms: [], plugins: [{ id: 'context-compression' }] },
    { plugins: [{ id: 'context-compression' }] },
  ],
  ['route', { route: 'fallback', models: ['c/d'] }, { models: ['c/d'] }],
  ['route', { route: 'sort' }, { provider: { sort: { partition: 'none' } } }],
  [
    'route',
    { route: 'sort', provider: { sort: 'price', zdr: true } },
    { provider: { sort: { by: 'price', partition: 'none' }, zdr: true } },
  ],
  ['quantization', { quantization: 'fp8' }, { provider: { quantizations: ['fp8'] } }],
  [
    'quantization',
    { provider: { quantization: ['fp8', 'bf16'], zdr: true } },
    { provider: { quantizations: ['fp8', 'bf16'], zdr: true } },
  ],
  [
    'quantization',
    { provider: { quantization: 'fp8', quantizations: ['fp4'] } },
    { provider: { quantizations: ['fp4'] } },
  ],
  ['model', { model: 'a/b:online' }, { tools: [search] }],
  [
    'model',
    { model: 'a/b:online:nitro', tools: [aTool] },
    { model: 'a/b:nitro', tools: [aTool, search] },
  ],
  ['model', { model: 'a/b:online', tools: [search] }, { tools: [search] }],
  [
    'plugins',
    {
      plugins: [
        { id: 'web', max_results: 3, include_domains: ['x.org'], search_prompt: 'p' },
        { id: 'file-parser' },
      ],
    },
    {
      plugins: [{ id: 'file-parser' }],
      tools: [{ ...search, parameters: { max_results: 3, allowed_domains: ['x.org'] } }],
    },
  ],
  ['model', { model: 'a/b:thinking' }, { reasoning: { enabled: true } }],
  [
    'model',
    { model: 'a/b:thinking', reasoning: { effort: 'low' } },
    { reasoning: { enabled: true, effort: 'low' } },
  ],
  ['include_reasoning', { include_reasoning: true }, { reasoning: { exclude: false } }],
  ['include_reasoning', { include_reasoning: false }, { reasoning: { exclude: true } }],
  [
    'include_reasoning',
    { include_reasoning: false, reasoning: { exclude: false, effort: 'low' } },
    { reasoning: { exclude: false, effort: 'low' } },
  ],
  ['usage', { usage: { include: true } }, {}],
])('%s: %j is sent as %j', (field, retired, today) => {
  const { request, fields } = translate(retired);

  expect(request).toEqual(aRequest(today));
  expect(fields).toEqual([field]);
});

it('translates several forms in one request, and tells each', () => {
  const { request, fields } = translate({
    model: 'a/b:thinking:online',
    transforms: ['middle-out'],
    usage: { include: false },
  });

  expect(request).toEqual(
    aRequest({
      plugins: [{ id: 'context-compression' }],
      tools: [search],
      reasoning: { enabled: true },
    }),
  );
  expect(fields).toEqual(['transforms', 'model', 'model', 'usage']);
});

it.each<Partial<ChatRequest>>([
  {},
  { model: 'a/online', plugins: [{ id: 'web', enabled: false }] },
  { route: 'something', quantization: null, transforms: null, usage: null },
  { provider: { quantizations: ['fp8'], sort: 'price' }, reasoning: { exclude: true } },
  { model: 'a/b:free', plugins: [], tools: [search] },
])('hands back the very request when nothing in it is retired: %j', (rest) => {
  const request = aRequest(rest);

  expect(translateRetired(() => undefined)(request, fail)).toBe(request);
});

it('leaves a variant alone that the catalogue still has', () => {
  const { request, fields } = translate({ model: 'a/b:thinking' }, [
    aModel('a/b:thinking', { supported_parameters: [] }),
  ]);

  expect(request.model).toBe('a/b:thinking');
  expect(fields).toEqual([]);
});

it.each<Partial<ChatRequest>>([{ plugins: [{ id: 'web' }] }, { model: 'a/b:online' }])(
  'leaves the search to a plugin where the model calls no tools: %j',
  (rest) => {
    const asked = { model: 'a/b', ...rest };

    expect(translate(asked, [aModel('a/b', { supported_parameters: ['temperature'] })])).toEqual({ request: aRequest(asked), fields: [] }); // prettier-ignore
    expect(translate(asked, [aModel('a/b', { supported_parameters: ['temperature', 'tools'] })]).request.tools).toEqual([search]); // prettier-ignore
    expect(translate(asked, [aModel('a/b', { supported_parameters: [] })]).request.tools).toEqual([
      search,
    ]); // Nothing is known.
  },
);

function fail(change: Change): never {
  throw new Error(`Changed: ${JSON.stringify(change)}`);
}
