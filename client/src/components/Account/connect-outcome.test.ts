import { connectOutcomeOf, withoutOutcome } from './connect-outcome.ts';

it.each([
  ['', null],
  ['agent=a', null],
  ['connected=openrouter', 'connected'],
  ['connected=elsewhere', null],
  ['connect_error=denied', 'denied'],
  ['connect_error=other_browser', 'other_browser'],
  ['connect_error=%3Cscript%3E', 'internal'],
])('reads %j as %s', (query, outcome) => {
  expect(connectOutcomeOf(new URLSearchParams(query))).toBe(outcome);
});

it('leaves the rest of the address as it is', () => {
  const query = new URLSearchParams('agent=a&connected=openrouter&connect_error=denied');

  expect(withoutOutcome(query).toString()).toBe('agent=a');
});
