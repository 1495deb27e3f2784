import { authorOf, capabilitiesOf, priceOf, shortName } from './facts.ts';

it.each([
  ['0.0000015', 1.5],
  ['0.000000075', 0.075],
  ['0.0000000005', 0.0005],
  ['0.00015', 150],
  ['0', 0],
  ['-1', 'varies'],
  [undefined, 'unknown'],
  ['soon', 'unknown'],
])('reads the price %s per token as %s per million', (price, expected) => {
  expect(priceOf(price)).toBe(expected);
});

const pricing = { prompt: '0', completion: '0' };

it('reads author and short name', () => {
  const model = { id: '~openai/gpt-latest', name: 'OpenAI: GPT (latest)', pricing };

  expect(authorOf(model)).toBe('openai');
  expect(shortName(model)).toBe('GPT (latest)');
  expect(shortName({ ...model, name: 'Auto Router' })).toBe('Auto Router');
});

it('reads what a model can do, and claims nothing that is not said', () => {
  const able = {
    id: 'a/b',
    name: 'B',
    pricing,
    architecture: { input_modalities: ['text', 'image', 'file'], output_modalities: ['text'] },
    supported_parameters: ['tools', 'reasoning'],
  };

  expect(capabilitiesOf(able)).toEqual(['vision', 'files', 'tools', 'reasoning']);
  expect(capabilitiesOf({ id: 'a/b', name: 'B', pricing })).toEqual([]);
});
