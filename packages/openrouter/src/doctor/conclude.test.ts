import type { DoctorCheck } from '@openrouter-native/protocol';
import { reasonFacts } from '@openrouter-native/protocol';
import { factsOf } from './causes/causes.ts';
import { conclude } from './conclude.ts';

function found(
  id: string,
  status: DoctorCheck['status'],
  cause: string | null = null,
): DoctorCheck {
  return { id, title: id, status, cause, evidence: [], ms: 1, action: null, cost_usd: 0 };
}

const order = (...checks: DoctorCheck[]) => conclude(checks).causes.map(({ cause }) => cause);

it('puts the root before the leaf, whatever order they were found in', () => {
  expect(
    order(
      found('completion_cheap', 'failed', 'provider_error'),
      found('key', 'failed', 'key_invalid'),
      found('dns', 'failed', 'dns_failed'),
    ),
  ).toEqual(['dns_failed', 'key_invalid', 'provider_error']);
});

it('puts failures before warnings', () => {
  expect(
    order(
      found('key_shape', 'warning', 'key_wrapped'),
      found('stream_own', 'failed', 'stream_cut'),
    ),
  ).toEqual(['stream_cut', 'key_wrapped']);
});

it.each([
  ['key_placeholder', 'key_invalid'],
  ['key_clash', 'key_invalid'],
  ['key_doubtful', 'key_invalid'],
  ['server_outdated', 'stream_refused'],
  ['clock_skew', 'tls_failed'],
])('a warning that explains a failure is its root: %s before %s', (root, leaf) => {
  const { causes } = conclude([found('one', 'warning', root), found('two', 'failed', leaf)]);

  expect(causes.map(({ cause, status }) => [cause, status])).toEqual([
    [root, 'failed'],
    [leaf, 'failed'],
  ]);
});

it('gathers all checks that point at the same cause, and takes the worst of them', () => {
  const { causes } = conclude([
    found('completion_free', 'warning', 'provider_error'),
    found('completion_cheap', 'failed', 'provider_error'),
  ]);

  expect(causes).toEqual([
    expect.objectContaining({ status: 'failed', checks: ['completion_free', 'completion_cheap'] }),
  ]);
});

it('calls key and account valid only where they were seen to be', () => {
  const trouble = found('stream_public', 'failed', 'stream_buffered');

  expect(conclude([found('key', 'skipped'), trouble]).sentence).toMatch(/^This is what was found/);
  expect(conclude([found('key', 'ok'), trouble]).sentence).toMatch(/^The key is valid, but/);
  expect(conclude([found('key', 'ok'), found('completion_cheap', 'ok'), trouble]).sentence).toMatch(
    /^Key and account are valid and OpenRouter answers, but something between/,
  );
});

it('counts what else there is', () => {
  const { sentence } = conclude([
    found('key', 'failed', 'key_invalid'),
    found('yaml', 'warning', 'yaml_leftover'),
    found('clock', 'warning', 'clock_skew'),
  ]);

  expect(sentence).toMatch(/2 more things are listed below\.$/);
});

it('does not claim an answer that nobody asked for', () => {
  expect(conclude([found('key', 'ok')]).sentence).toContain('no model was asked');
  expect(conclude([found('completion_free', 'ok')]).sentence).toContain('models answer');
});

it.each(Object.keys(reasonFacts))('has words for every reason of a verdict: %s', (reason) => {
  const { sentence, action } = factsOf(reason);

  expect(sentence).toMatch(/\.$/);
  expect(action).toMatch(/\S/);
});
