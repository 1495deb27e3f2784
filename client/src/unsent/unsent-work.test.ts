import { createStorage } from '../testing/storage.ts';
import { createUnsentWork } from './unsent-work.ts';

function openFor(userId: string, storage = createStorage()) {
  const work = createUnsentWork(storage);
  work.openFor(userId);
  return { work, storage };
}

it('has what was written again after a reload', () => {
  const { work, storage } = openFor('ada');
  work.put('message:c1', { text: 'Half a sent' });
  work.flush();

  const { work: after } = openFor('ada', storage);

  expect(after.get('message:c1')).toEqual({ text: 'Half a sent' });
});

it('has it again for the same person who signs out and in', () => {
  const { work } = openFor('ada');
  work.put('message:c1', 'mine');
  work.close();
  expect(work.get('message:c1')).toBeUndefined();

  work.openFor('ada');

  expect(work.get('message:c1')).toBe('mine');
});

it('shows it to nobody else, and takes it away from the browser', () => {
  const { work, storage } = openFor('ada');
  work.put('message:c1', 'planted secret');
  work.close();

  work.openFor('bob');

  expect(work.get('message:c1')).toBeUndefined();
  expect(JSON.stringify([...storage.entries])).not.toContain('planted');
  work.openFor('ada');
  expect(work.get('message:c1')).toBeUndefined();
});

it('does not give the work of one person to another whose session takes its place', () => {
  const { work, storage } = openFor('ada');
  work.put('message:c1', 'planted secret');

  work.openFor('bob');
  work.flush();

  expect(work.get('message:c1')).toBeUndefined();
  expect(JSON.stringify([...storage.entries])).not.toContain('planted');
});

it('keeps nothing while nobody is signed in', () => {
  const work = createUnsentWork(createStorage());
  work.put('message:c1', 'nobody’s');

  expect(work.get('message:c1')).toBeUndefined();
});

it('leaves nothing behind of what was sent', () => {
  const { work, storage } = openFor('ada');
  work.put('message:c1', 'sent');
  work.flush();
  work.put('message:c1', null);
  work.flush();

  expect([...storage.entries]).toEqual([]);
});

it('writes a while after the first letter, not with each of them', () => {
  jest.useFakeTimers();
  try {
    const { work, storage } = openFor('ada');
    const setItem = jest.spyOn(storage, 'setItem');
    for (const text of ['H', 'Ha', 'Hal']) work.put('message:c1', text);
    expect(setItem).not.toHaveBeenCalled();

    jest.advanceTimersByTime(300);

    expect(setItem).toHaveBeenCalledTimes(1);
    expect(setItem.mock.calls[0]?.[1]).toContain('"Hal"');
  } finally {
    jest.useRealTimers();
  }
});

it('keeps the latest twenty, and no more than fits', () => {
  const { work, storage } = openFor('ada');
  for (let at = 0; at < 25; at += 1) work.put(`message:${at}`, at);
  work.put('message:0', 'changed last');
  work.put('agent:huge', 'x'.repeat(1_600_000));
  work.flush();

  const { work: after } = openFor('ada', storage);

  expect(after.get('agent:huge')).toBeUndefined();
  expect(after.get('message:0')).toBe('changed last');
  expect(after.get('message:6')).toBeUndefined();
  expect(after.get('message:24')).toBe(24);
});

it('holds on to it where the browser has no room', () => {
  const { work, storage } = openFor('ada');
  storage.setItem = () => {
    throw new DOMException('full', 'QuotaExceededError');
  };
  work.put('message:c1', 'still here');
  work.flush();

  expect(work.get('message:c1')).toBe('still here');
});

it('begins anew where another version wrote', () => {
  const storage = createStorage({ 'openrouter-native:unsent-work': '{"entries":3}' });
  const { work } = openFor('ada', storage);

  expect(work.get('message:c1')).toBeUndefined();
});
