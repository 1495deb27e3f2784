import { formatUsd } from './format-usd.ts';

it.each([
  [0, '$0.00'],
  [5, '$5.00'],
  [12.345, '$12.35'],
  [0.5, '$0.5'],
  [0.05, '$0.05'],
  [0.0123456, '$0.01235'],
  [0.000001, '$0.000001'],
  [1e-15, '$0.00'],
  [Infinity, 'any amount'],
])('writes %p as %s', (usd, text) => {
  expect(formatUsd(usd)).toBe(text);
});
