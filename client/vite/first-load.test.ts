import { closureOf } from './first-load.ts';

it('counts every chunk that has to be there, once, also when they need each other', () => {
  const chunks = new Map(
    [
      { fileName: 'entry', imports: ['a', 'b'] },
      { fileName: 'a', imports: ['b'] },
      { fileName: 'b', imports: ['a', 'elsewhere'] },
      { fileName: 'lazy', imports: ['a'] },
    ].map((chunk) => [chunk.fileName, chunk]),
  );

  expect([...closureOf(chunks, 'entry')]).toEqual(['entry', 'a', 'b']);
});
