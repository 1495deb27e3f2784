import { answerGrammar } from './rules.ts';
import { createWriter } from './grammar.ts';
import { createRandom } from './seed.ts';

const slots = {
  model: 'Example',
  topic: 'rivers',
  keyword: ['*rivers*', '*lakes*'],
  earlier: 'hills',
  instructions: 'Be kind.',
  attachments: 'a picture',
  language: 'Go',
  tools: '`t`',
};

it.each(Object.keys(answerGrammar))('can write the rule %s in full', (rule) => {
  const writer = createWriter(answerGrammar, slots, createRandom(rule));

  for (let index = 0; index < 30; index += 1) {
    const text = writer.write(rule);
    expect(text).not.toBe('');
    expect(text).not.toMatch(/[[\]{}]|undefined/);
  }
});

it('repeats nothing before everything was said', () => {
  const writer = createWriter({ a: ['1', '2', '3'] }, {}, createRandom('x'));

  const said = [writer.write('a'), writer.write('a'), writer.write('a')];

  expect(said.toSorted()).toEqual(['1', '2', '3']);
});

it('gives a slot a capital where a sentence begins', () => {
  const writer = createWriter({ a: ['{Topic}, {topic}'] }, { topic: 'rivers' }, createRandom('x'));

  expect(writer.write('a')).toBe('Rivers, rivers');
});

it('refuses rules and slots that do not exist', () => {
  const writer = createWriter({ a: ['{nothing}'] }, {}, createRandom('x'));

  expect(() => writer.write('a')).toThrow('No slot nothing');
  expect(() => writer.write('b')).toThrow('No rule b');
});
