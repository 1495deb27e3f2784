import fc from 'fast-check';
import { anAgent } from '../testing/agents.ts';
import { differingFields, emptyDraft, readDraft, rebase, toDraft } from './draft.ts';

const draft = emptyDraft('openrouter', 'a/b');

it('gives back what an agent is made of', () => {
  const agent = anAgent({
    description: 'Sells',
    tools: ['calculator'],
    conversation_starters: ['Hello'],
    recursion_limit: 5,
    spending_limit: 0.000_000_5,
    model_parameters: { temperature: 0.5 },
  });

  const { fields } = readDraft(toDraft(agent));

  expect(agent).toMatchObject(fields ?? {});
  expect(Object.keys(fields ?? {})).toHaveLength(11);
});

it('saves nothing where nothing was written', () => {
  const written = { ...draft, name: '  ', instructions: '\n', conversation_starters: ['', ' Hi '] };

  expect(readDraft(written).fields).toMatchObject({
    name: null,
    description: null,
    instructions: null,
    conversation_starters: ['Hi'],
    spending_limit: null,
  });
  expect(differingFields(written, { ...draft, conversation_starters: ['Hi'] })).toEqual([]);
});

it.each([
  ['0.5', 0.5],
  ['0,5', 0.5],
  ['.25', 0.25],
  [' 12 ', 12],
  ['0,125', 0.125],
])('reads the limit %j as %d dollars', (text, usd) => {
  expect(readDraft({ ...draft, spending_limit: text }).fields?.spending_limit).toBe(usd);
});

it.each(['1,000', '-1', '1e3', 'ten', '1.2.3', '.', '0x10'])(
  'does not guess what %j means',
  (text) => {
    expect(readDraft({ ...draft, spending_limit: text }).problems).toEqual({
      spending_limit: 'not-a-number',
    });
  },
);

it('says what keeps it from being saved', () => {
  const { problems } = readDraft({
    ...draft,
    model: null,
    recursion_limit: '101',
    spending_limit: '0',
  });

  expect(problems).toEqual({
    model: 'missing',
    recursion_limit: 'out-of-range',
    spending_limit: 'out-of-range',
  });
});

it('sees no difference in the order of parameters, and one in the order of starters', () => {
  const one = { ...draft, model_parameters: { a: 1, b: { c: 2, d: 3 } } };
  const other = { ...draft, model_parameters: { b: { d: 3, c: 2 }, a: 1 } };

  expect(differingFields(one, other)).toEqual([]);
  expect(
    differingFields(
      { ...draft, conversation_starters: ['a', 'b'] },
      { ...draft, conversation_starters: ['b', 'a'] },
    ),
  ).toEqual(['conversation_starters']);
});

it('keeps what was written and takes over the rest', () => {
  const before = { ...draft, name: 'Old', description: 'Old' };
  const written = { ...before, name: 'Mine' };
  const after = { ...before, name: 'Theirs', description: 'Theirs' };

  expect(rebase(written, before, after)).toEqual({ ...after, name: 'Mine' });
});

it('reads any text for a limit as a number that can be saved, or says why not', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const { fields, problems } = readDraft({ ...draft, spending_limit: text });
      const limit = fields?.spending_limit;
      if (problems) expect(problems.spending_limit).toBeDefined();
      else expect(limit === null || (limit !== undefined && limit > 0)).toBe(true);
    }),
  );
});
