import { countCall, noRepetition, type NamedCall } from './repetition.ts';

const timesOf = (calls: NamedCall[]) => calls.reduce(countCall, noRepetition).times;
const call = (name: string, args: Record<string, unknown> = {}) => ({ name, arguments: args });

it('counts the same call in a row', () => {
  expect(timesOf([])).toBe(0);
  expect(timesOf([call('f'), call('f'), call('f')])).toBe(3);
});

it('begins anew after another call, or other arguments', () => {
  expect(timesOf([call('f'), call('f'), call('g'), call('f')])).toBe(1);
  expect(timesOf([call('f', { a: 1 }), call('f', { a: 2 })])).toBe(1);
  expect(timesOf([call('f', { a: [1, 2] }), call('f', { a: [2, 1] })])).toBe(1);
  expect(timesOf([call('f', { a: {} }), call('f', { a: [] })])).toBe(1);
  expect(timesOf([call('f', { a: null }), call('f', {})])).toBe(1);
});

it('does not care about the order of keys, however deep', () => {
  const one = call('f', { a: 1, b: [{ c: 2, d: 3 }] });
  const other = call('f', { b: [{ d: 3, c: 2 }], a: 1 });

  expect(timesOf([one, other, one])).toBe(3);
});

it('tells an object from the list of its entries', () => {
  expect(timesOf([call('f', { a: { b: 1 } }), call('f', { a: [['b', 1]] })])).toBe(1);
});
