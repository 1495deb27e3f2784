import type { ErrorReason } from '@openrouter-native/protocol';
import { anError } from '../testing/plan.ts';
import { createCircuits, PASSED_OVER, type Circuits } from './circuits.ts';

const OPTIONS = { failures: 3, halfOpenAfterMs: 15_000 };

beforeEach(() => {
  jest.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  jest.useRealTimers();
});

async function fail(
  circuits: Circuits,
  times: number,
  reason: ErrorReason = 'provider_error',
  model = 'a/b',
) {
  for (let time = 0; time < times; time += 1) {
    const call = circuits.run('r', model, () => Promise.reject(anError(reason)));
    await expect(call).rejects.toMatchObject({ reason });
  }
}
const succeed = (circuits: Circuits, model = 'a/b', route = 'r') =>
  circuits.run(route, model, () => Promise.resolve('answer'));

it('passes over what failed several times in a row, and says for how long', async () => {
  const circuits = createCircuits(OPTIONS);
  let calls = 0;

  await fail(circuits, 3);
  const answer = await circuits.run('r', 'a/b', async () => (calls += 1));

  expect(answer).toBe(PASSED_OVER);
  expect(calls).toBe(0);
  expect(circuits.waitMs('r', 'a/b')).toBe(15_000);
  expect(circuits.open()).toEqual([{ route: 'r', model: 'a/b', state: 'open' }]);
});

it('leaves other models and other routes alone', async () => {
  const circuits = createCircuits(OPTIONS);

  await fail(circuits, 3);

  expect(await succeed(circuits, 'c/d')).toBe('answer');
  expect(await succeed(circuits, 'a/b', 's')).toBe('answer');
});

it('starts to count again after an answer', async () => {
  const circuits = createCircuits(OPTIONS);

  await fail(circuits, 2);
  await succeed(circuits);
  await fail(circuits, 2);

  expect(await succeed(circuits)).toBe('answer');
});

it.each<ErrorReason>([
  'invalid_request',
  'key_invalid',
  'insufficient_credits',
  'rate_limited_provider',
  'moderation_blocked',
  'context_length_exceeded',
])('does not count %s, which tells nothing about the provider', async (reason) => {
  const circuits = createCircuits(OPTIONS);

  await fail(circuits, 10, reason);

  expect(await succeed(circuits)).toBe('answer');
});

it('does not count readers that leave', async () => {
  const circuits = createCircuits(OPTIONS);
  for (let time = 0; time < 10; time += 1) {
    const call = circuits.run('r', 'a/b', () => Promise.reject(new Error('left')));
    await expect(call).rejects.toThrow('left');
  }

  expect(await succeed(circuits)).toBe('answer');
});

async function afterPause(): Promise<Circuits> {
  const circuits = createCircuits(OPTIONS);
  await fail(circuits, 3);
  jest.setSystemTime(1_000_000 + OPTIONS.halfOpenAfterMs);
  return circuits;
}

it('is not misled by failures that come before the answers of other calls', async () => {
  const circuits = createCircuits(OPTIONS);
  const calls = Array.from({ length: 100 }, () => Promise.withResolvers<string>());
  const answers = calls.map(({ promise }) => circuits.run('r', 'a/b', () => promise));
  const settled = Promise.allSettled(answers);

  for (const { reject } of calls.slice(0, 30)) reject(anError('provider_error'));
  await Promise.allSettled(answers.slice(0, 30));
  expect(await succeed(circuits)).toBe('answer');

  for (const { reject } of calls.slice(30)) reject(anError('provider_error'));
  await settled;
  expect(await succeed(circuits)).toBe(PASSED_OVER);
});

describe('after the pause', () => {
  it('lets one call through to see, and one only', async () => {
    const circuits = await afterPause();
    const probe = Promise.withResolvers<string>();
    const first = circuits.run('r', 'a/b', () => probe.promise);

    expect(await succeed(circuits)).toBe(PASSED_OVER);
    expect(circuits.open()).toEqual([{ route: 'r', model: 'a/b', state: 'half-open' }]);
    expect(circuits.waitMs('r', 'a/b')).toBe(1_000);
    probe.resolve('well again');

    expect(await first).toBe('well again');
    expect(await succeed(circuits)).toBe('answer');
    expect(circuits.open()).toEqual([]);
  });

  it('pauses again when that call fails', async () => {
    const circuits = await afterPause();

    await fail(circuits, 1);

    expect(await succeed(circuits)).toBe(PASSED_OVER);
    expect(circuits.waitMs('r', 'a/b')).toBe(15_000);
  });

  it('pauses again when the reader of that call leaves', async () => {
    const circuits = await afterPause();

    const probe = circuits.run('r', 'a/b', () => Promise.reject(new Error('left')));

    await expect(probe).rejects.toThrow('left');
    expect(await succeed(circuits)).toBe(PASSED_OVER);
  });
});

it('remembers no more than a thousand circuits, and no long names', async () => {
  const circuits = createCircuits({ ...OPTIONS, failures: 1 });
  const long = 'x'.repeat(1_000_000);

  for (let model = 0; model < 1_100; model += 1) await fail(circuits, 1, 'stream_cut', `${model}`);
  await fail(circuits, 1, 'stream_cut', long);

  const open = circuits.open();
  expect(open).toHaveLength(1_000);
  expect(open.at(-1)?.model).toBe('');
  expect(await succeed(circuits, long)).toBe(PASSED_OVER);
});

it('forgets what was not used for longest', async () => {
  const circuits = createCircuits({ ...OPTIONS, failures: 1 });
  await fail(circuits, 1);

  for (let model = 0; model < 2_000; model += 1) {
    await succeed(circuits, `${model}`);
    expect(await succeed(circuits)).toBe(PASSED_OVER);
  }
});
