import fc from 'fast-check';
import { findRuns } from './runs.ts';

/** What each character is drawn with. */
function drawn(group: string, runs: string): string[] {
  const colours = runs
    .split(',')
    .flatMap((run) => Array<string>(Number.parseInt(run) || 0).fill(run.replace(/^\d+/, '')));
  return Array.from(group, (_, index) => colours[index] ?? '');
}

it('names the colours of code, in order', () => {
  expect(findRuns('ts', ['const a = "x";'])).toEqual(['5keyword,5,3string,1']);
});

it('knows no colours of an unknown language', () => {
  expect(findRuns('klingon', ['a'])).toBeNull();
});

it('goes on with a comment over the border of a group', () => {
  expect(findRuns('js', ['/* one', 'two */ let x'])).toEqual(['6comment', '6comment,1,3keyword,2']);
});

it('gives every character the same colour however the code is grouped', () => {
  const line = fc.constantFrom(
    '',
    'let a = "b";',
    '/* c',
    'd */',
    '// e',
    '`f',
    'g`',
    '  return 1',
  );
  fc.assert(
    fc.property(
      fc.array(fc.array(line, { minLength: 1, maxLength: 4 }), { minLength: 1 }),
      (lines) => {
        const groups = lines.map((group) => group.join('\n'));
        const whole = groups.join('\n');
        const expected = drawn(whole, findRuns('js', [whole])?.[0] ?? '');

        const runs = findRuns('js', groups) ?? [];
        const found = groups.map((group, index) => drawn(group, runs[index] ?? ''));

        expect(runs).toHaveLength(groups.length);
        let start = 0;
        for (const [index, group] of groups.entries()) {
          expect(found[index]).toEqual(expected.slice(start, start + group.length));
          start += group.length + 1;
        }
      },
    ),
  );
});
