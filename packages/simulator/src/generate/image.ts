import { crc32, deflateSync } from 'node:zlib';
import type { Random } from './seed.ts';

/** Longer side, in pixels: large enough to look at, small enough to send by the thousand. */
const LONG_SIDE = 96;
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

type Colour = readonly [red: number, green: number, blue: number];

/**
 * A small PNG of a few discs before a gradient, as a data URL.
 *
 * @param aspectRatio - `16:9` and the like; anything unreadable gives a square.
 * @see https://www.w3.org/TR/png-3/
 */
export function drawPicture(aspectRatio: string | null, random: Random): string {
  const [width, height] = sizeOf(aspectRatio);
  const pixels = paint(width, height, random);
  const png = Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header(width, height)),
    chunk('IDAT', deflateSync(pixels, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
  return `data:image/png;base64,${png.toString('base64')}`;
}

function sizeOf(aspectRatio: string | null): [width: number, height: number] {
  const match = /^(\d{1,2}):(\d{1,2})$/.exec(aspectRatio ?? '');
  const [across, down] = [Number(match?.[1] ?? 1) || 1, Number(match?.[2] ?? 1) || 1];
  const scale = LONG_SIDE / Math.max(across, down);
  return [Math.max(1, Math.round(across * scale)), Math.max(1, Math.round(down * scale))];
}

/** Rows of RGB, each with the filter byte 0 in front. */
function paint(width: number, height: number, random: Random): Buffer {
  const [top, bottom] = [colour(random), colour(random)];
  const discs = Array.from({ length: random.between(3, 6) }, () => ({
    x: random.between(0, width),
    y: random.between(0, height),
    radius: random.between(6, 26),
    fill: colour(random),
  }));
  const rows = Buffer.alloc(height * (1 + width * 3));
  let position = 0;
  for (let y = 0; y < height; y += 1) {
    position += 1;
    for (let x = 0; x < width; x += 1) {
      const disc = discs.find((one) => (x - one.x) ** 2 + (y - one.y) ** 2 <= one.radius ** 2);
      const share = y / height;
      for (const channel of [0, 1, 2] as const) {
        const gradient = top[channel] * (1 - share) + bottom[channel] * share;
        rows[position] = Math.round(disc ? disc.fill[channel] : gradient);
        position += 1;
      }
    }
  }
  return rows;
}

function colour(random: Random): Colour {
  return [random.between(20, 235), random.between(20, 235), random.between(20, 235)];
}

/** Eight bits, RGB, no interlacing. */
function header(width: number, height: number): Buffer {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  data.set([8, 2, 0, 0, 0], 8);
  return data;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(body.length + 8);
  frame.writeUInt32BE(data.length, 0);
  body.copy(frame, 4);
  frame.writeUInt32BE(crc32(body), body.length + 4);
  return frame;
}
