import type { Model } from '@openrouter-native/protocol';
import { emptyDraft } from '@openrouter-native/react';
import { judgeModel } from './fit.ts';

const at = new Date('2026-10-01T12:00:00Z');

function aModel(id: string, fields: Partial<Model> = {}): Model {
  return {
    id,
    name: id,
    context_length: 100_000,
    pricing: { prompt: '0.000001', completion: '0.000002' },
    architecture: { input_modalities: ['text'], output_modalities: ['text'] },
    supported_parameters: ['temperature'],
    ...fields,
  };
}

const plain = aModel('a/plain');
const able = aModel('a/able', {
  supported_parameters: ['tools'],
  architecture: { input_modalities: ['text', 'image', 'audio'], output_modalities: ['text'] },
});
const old = aModel('a/old', { expiration_date: '2026-09-30' });
const router = aModel('openrouter/auto', {
  pricing: { prompt: '-1', completion: '-1' },
  supported_parameters: ['tools'],
});
const models = [plain, able, old, router];

const draft = (fields: object = {}) => ({ ...emptyDraft('openrouter', 'a/plain'), ...fields });

it('has nothing to say of a model that suits, of none, and of one that is not listed', () => {
  expect(judgeModel(draft(), models, [], at)).toBeNull();
  expect(judgeModel(draft({ model: null, tools: ['calculator'] }), models, [], at)).toBeNull();
  expect(judgeModel(draft({ model: 'x/y', tools: ['calculator'] }), models, [], at)).toBeNull();
});

it('misses tools once one is chosen, and knows who has them', () => {
  const verdict = judgeModel(draft({ tools: ['calculator'] }), models, [], at);

  expect(verdict?.misfit).toMatchObject({ kind: 'lacks', lacks: [{ kind: 'tools' }] });
  expect(verdict?.suggestions.map(({ id }) => id)).toEqual(['a/able']);
});

it('sees through ways of choosing the provider', () => {
  const verdict = judgeModel(
    draft({ model: 'a/plain:nitro', tools: ['calculator'] }),
    models,
    [],
    at,
  );

  expect(verdict?.misfit.model.id).toBe('a/plain');
});

it('misses what files need, but not for texts and PDF files', () => {
  expect(judgeModel(draft(), models, ['text/plain', 'application/pdf'], at)).toBeNull();
  expect(judgeModel(draft(), models, ['image/png', 'audio/wav'], at)?.misfit).toMatchObject({
    lacks: [
      { kind: 'input', modality: 'image' },
      { kind: 'input', modality: 'audio' },
    ],
  });
});

it('misses a known price once money is limited', () => {
  const wanted = draft({ model: 'openrouter/auto', spending_limit: '0.05' });

  expect(judgeModel(wanted, models, [], at)?.misfit).toMatchObject({ lacks: [{ kind: 'price' }] });
  expect(judgeModel({ ...wanted, spending_limit: '' }, models, [], at)).toBeNull();
});

it('tells of a model that is gone, and of one that leaves within a month', () => {
  expect(judgeModel(draft({ model: 'a/old' }), models, [], at)?.misfit).toMatchObject({
    kind: 'retired',
    day: '2026-09-30',
  });
  const leaving = { ...plain, expiration_date: '2026-10-20' };
  expect(judgeModel(draft(), [leaving], [], at)?.misfit.kind).toBe('leaving');
});

it('is content when a fallback can do it', () => {
  const wanted = draft({ tools: ['calculator'], model_parameters: { models: ['a/able'] } });

  expect(judgeModel(wanted, models, [], at)).toBeNull();
  expect(judgeModel({ ...wanted, model_parameters: { models: 7 } }, models, [], at)).not.toBeNull();
});
