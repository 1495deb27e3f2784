import * as fc from 'fast-check';
import { numberText, parseNumber, stepped } from './number-text.ts';

const any = { min: null, max: null, isWhole: false };
const whole = { min: 1, max: 100_000, isWhole: true };

it.each([
  ['0.7', 0.7],
  ['0,7', 0.7],
  [' ,5 ', 0.5],
  ['2.', 2],
  ['-1.5', -1.5],
  ['−1', -1],
])('reads %j as %d', (text, value) => {
  expect(parseNumber(text, any)).toEqual({ type: 'number', value });
});

it.each(['64000', '64,000', '64.000', '64 000', '64\u202f000', '64’000'])(
  'reads %j as a whole number, whatever sets its thousands apart',
  (text) => expect(parseNumber(text, whole)).toEqual({ type: 'number', value: 64_000 }),
);

it.each([
  ['', any, { type: 'empty' }],
  ['abc', any, { type: 'wrong', why: 'noNumber' }],
  ['1e3', any, { type: 'wrong', why: 'noNumber' }],
  ['1.2.3', any, { type: 'wrong', why: 'noNumber' }],
  ['Infinity', any, { type: 'wrong', why: 'noNumber' }],
  ['1.5', whole, { type: 'wrong', why: 'notWhole' }],
  ['99999999999999999999', { ...whole, max: null }, { type: 'wrong', why: 'notWhole' }],
  ['0', whole, { type: 'wrong', why: 'outOfRange' }],
  ['100001', whole, { type: 'wrong', why: 'outOfRange' }],
])('reads %j within %j as %j', (text, range, typed) => {
  expect(parseNumber(text, range)).toEqual(typed);
});

it.each(['en', 'de', 'zh-CN'])('reads again in %s what it wrote', (language) => {
  fc.assert(
    fc.property(fc.integer({ min: -2_000_000, max: 2_000_000 }), (thousandths) => {
      const value = thousandths / 1000;

      expect(parseNumber(numberText(value, language), any)).toEqual({ type: 'number', value });
    }),
  );
});

it('steps to round numbers, and not past the ends', () => {
  expect(stepped(0.1, 0.2, any)).toBe(0.3);
  expect(stepped(1.95, 0.1, { min: 0, max: 2, isWhole: false })).toBe(2);
  expect(stepped(0.05, -0.1, { min: 0, max: 2, isWhole: false })).toBe(0);
});
