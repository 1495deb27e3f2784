import { startBackgroundRefresh } from './background-refresh.ts';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

it('refreshes again and again, each time after the last one has ended', async () => {
  const refresh = jest.fn(() => new Promise<void>((resolve) => setTimeout(resolve, 50)));
  const stop = startBackgroundRefresh(refresh, 100);

  await jest.advanceTimersByTimeAsync(100);
  expect(refresh).toHaveBeenCalledTimes(1);
  await jest.advanceTimersByTimeAsync(100);
  expect(refresh).toHaveBeenCalledTimes(1);
  await jest.advanceTimersByTimeAsync(50);
  expect(refresh).toHaveBeenCalledTimes(2);
  stop();
});

it('leaves no timer behind when it is stopped, even in the middle of a refresh', async () => {
  const stop = startBackgroundRefresh(() => new Promise((resolve) => setTimeout(resolve, 50)), 100);
  await jest.advanceTimersByTimeAsync(120);

  stop();
  await jest.advanceTimersByTimeAsync(1_000);

  expect(jest.getTimerCount()).toBe(0);
});
