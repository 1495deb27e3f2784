import { checkKeyShape } from './key-shape.ts';

const aKey = (digit: string) => `sk-or-v1-${digit.repeat(64)}`;

describe('checkKeyShape', () => {
  it('has nothing to say about a key of the usual form', () => {
    expect(checkKeyShape(aKey('a'))).toEqual({ problem: null, doubt: null });
  });

  it.each([
    ['', 'it is empty'],
    [` ${aKey('a')}`, 'it contains a space or a line break'],
    [`${aKey('a')}\n`, 'it contains a space or a line break'],
    [`"${aKey('a')}"`, 'it contains a quotation mark'],
    [`${aKey('a')}\u200b`, 'it contains characters that no key has'],
    ['sk-proj-abc', 'it does not start with sk-or-'],
    ['SK-OR-V1-abc', 'it does not start with sk-or-'],
    ['sk-or-v1-', 'nothing follows its prefix'],
  ])('refuses %j', (key, problem) => {
    expect(checkKeyShape(key)).toEqual({ problem, doubt: null });
  });

  it('doubts the placeholder, and a length that keys do not have', () => {
    expect(checkKeyShape(aKey('0')).doubt).toMatch(/placeholder/);
    expect(checkKeyShape(aKey('a').slice(0, -1)).doubt).toBe(
      'it has 72 characters where keys usually have 73',
    );
  });

  it('accepts the older prefix, with a doubt about the length', () => {
    expect(checkKeyShape(`sk-or-${'a'.repeat(20)}`)).toEqual({
      problem: null,
      doubt: expect.stringContaining('26 characters'),
    });
  });

  it('repeats no part of the key', () => {
    for (const key of ['hunter2 hunter2', 'hunter2"', 'hunter2', 'sk-or-hunter2']) {
      expect(JSON.stringify(checkKeyShape(key))).not.toContain('hunter2');
    }
  });
});
