import { unreadableOf } from './unreadable.ts';

const model = (inputs: string[]) => ({
  id: 'a/b',
  name: 'B',
  pricing: { prompt: '0', completion: '0' },
  architecture: { input_modalities: inputs },
});

it('tells what a model cannot take in', () => {
  const types = ['image/png', 'audio/wav', 'application/pdf', 'text/plain'];

  expect(unreadableOf(types, model(['text']))).toEqual(['pictures', 'recordings']);
  expect(unreadableOf(types, model(['text', 'image']))).toEqual(['recordings']);
  expect(unreadableOf(['application/pdf'], model(['text']))).toEqual([]);
});

it('claims nothing of a model that it does not know', () => {
  expect(unreadableOf(['image/png'], undefined)).toEqual([]);
});
