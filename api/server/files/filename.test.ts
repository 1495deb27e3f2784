import fc from 'fast-check';
import { cleanFilename } from './filename.ts';

describe('cleanFilename', () => {
  it.each([
    ['report.pdf', 'report.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\ada\\notes.txt', 'notes.txt'],
    ['a\0b\r\nc.txt', 'abc.txt'],
    ['annexe\u202Efdp.exe', 'annexefdp.exe'],
    ['  spaces around.md  ', 'spaces around.md'],
    ['Übersicht – 概要 👩‍💻.csv', 'Übersicht – 概要 👩‍💻.csv'],
    ['u\u0308ber.txt', '\u00FCber.txt'],
    ['', 'file'],
    ['..', 'file'],
    ['folder/', 'file'],
    ['\u0000', 'file'],
    ['.env', '.env'],
  ])('makes %j into %j', (name, label) => {
    expect(cleanFilename(name)).toBe(label);
  });

  it('keeps the ending of a name that is too long, and cuts no character in two', () => {
    const label = cleanFilename(`${'👍'.repeat(100)}.markdown`);

    expect(label).toBe(`${'👍'.repeat(61)}.markdown`);
  });

  it('makes any name into one that is a single part of a path, short and well-formed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (name) => {
        const label = cleanFilename(name);

        expect(label).not.toMatch(/[/\\\p{Cc}]/u);
        expect(label.isWellFormed()).toBe(true);
        expect(Buffer.byteLength(label)).toBeLessThanOrEqual(255);
        expect(label).not.toMatch(/^\.*$/);
      }),
    );
  });
});
