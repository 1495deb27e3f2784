import { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { bytesOf } from './body-bytes.ts';

const idle = () => new Readable({ read: () => undefined });

async function piecesOf(body: Readable): Promise<string[]> {
  const pieces: string[] = [];
  for await (const bytes of bytesOf(body)) pieces.push(Buffer.from(bytes).toString());
  return pieces;
}

it('makes one piece of the chunks that come in one turn, and another of those that come later', async () => {
  const body = idle();
  const pieces = piecesOf(body);
  await nextTurn();

  for (const word of ['It ', 'was ', 'the ']) body.push(word);
  await nextTurn();
  for (const word of ['best ', 'of times']) body.push(word);
  await nextTurn();
  body.push(null);

  expect(await pieces).toEqual(['It was the ', 'best of times']);
});

it('hands over what came with the end, and then what broke the body', async () => {
  const body = idle();
  const read: string[] = [];
  const reading = (async () => {
    for await (const bytes of bytesOf(body)) read.push(Buffer.from(bytes).toString());
  })();
  await nextTurn();

  body.push('all that came');
  body.destroy(new Error('broken'));

  await expect(reading).rejects.toThrow('broken');
  expect(read).toEqual(['all that came']);
});
