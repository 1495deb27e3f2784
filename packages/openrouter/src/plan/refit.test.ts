import type { ChatRequest } from '@openrouter-native/protocol';
import { aRequest, anError } from '../testing/plan.ts';
import { refit } from './refit.ts';

const said = (text: string) => anError('can_only_afford', {}, text);
const affordable = said('You requested up to 65536 tokens, but can only afford 1210. Pay.');

it.each<[string, Partial<ChatRequest>, Partial<ChatRequest>, number | null]>([
  ['no limit', {}, { max_tokens: 1210 }, null],
  ['a limit of null', { max_tokens: null }, { max_tokens: 1210 }, null],
  ['max_tokens', { max_tokens: 4_000 }, { max_tokens: 1210 }, 4_000],
  [
    'max_completion_tokens',
    { max_completion_tokens: 9_000 },
    { max_completion_tokens: 1210 },
    9_000,
  ],
  ['both', { max_tokens: 5, max_completion_tokens: 9_000 }, { max_completion_tokens: 1210 }, 9_000],
])('makes a request with %s as small as can be paid for', (_what, asked, sent, from) => {
  const { request, refit: told } = refit(aRequest({ ...asked, seed: 1 }), affordable) ?? {};

  expect(request).toEqual(aRequest({ ...sent, seed: 1 }));
  expect(told).toEqual({ from, max_tokens: 1210 });
});

it.each([
  ['nothing is said', said('Prompt tokens limit exceeded: 900 > 500.'), {}],
  ['too few are left for an answer', said('can only afford 15'), {}],
  ['the reason is another', anError('insufficient_credits', {}, affordable.message), {}],
  ['no fewer were asked for', affordable, { max_tokens: 1210 }],
])('changes nothing when %s', (_what, error, rest) => {
  expect(refit(aRequest(rest), error)).toBeNull();
});
