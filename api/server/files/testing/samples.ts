import { crc32, deflateSync } from 'node:zlib';

/**
 * Small files of every accepted type, made of the bytes that their standards ask for. The ones with a
 * parameter can be made different from each other.
 */

/** All of one colour. */
export function aPng(width = 2, height = 1, grey = 0x80): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8; // Bits of each pixel; colour type 0 is grey.
  const line = Buffer.concat([Buffer.alloc(1), Buffer.alloc(Math.min(width, 1000), grey)]);
  const pixels = Buffer.concat(Array.from({ length: Math.min(height, 1000) }, () => line));
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(pixels)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name), data]);
  return Buffer.concat([uint32(data.length), body, uint32(crc32(body))]);
}

/** 3 × 2 pixels; with `isTurned`, Exif says that it was taken upright. */
export function aJpeg(isTurned = false): Buffer {
  const exif = Buffer.concat([
    Buffer.from('Exif\0\0MM\0*\0\0\0\x08\0\x01', 'latin1'),
    Buffer.from('011200030000000100060000', 'hex'), // Orientation: 6.
    Buffer.alloc(4),
  ]);
  return Buffer.concat([
    Buffer.from('ffd8', 'hex'),
    segment(0xe0, Buffer.from('4a46494600010100000100010000', 'hex')),
    ...(isTurned ? [segment(0xe1, exif)] : []),
    segment(0xdb, Buffer.concat([Buffer.alloc(1), Buffer.alloc(64, 1)])),
    segment(0xc0, Buffer.from('080002000301011100', 'hex')), // 2 lines of 3.
    segment(0xc4, Buffer.concat([Buffer.from([0, 1]), Buffer.alloc(16)])),
    segment(0xda, Buffer.from('010100003f00', 'hex')),
    Buffer.from('00ffd9', 'hex'),
  ]);
}

function segment(marker: number, data: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0xff, marker]), uint32(data.length + 2).subarray(2), data]);
}

export function aGif(): Buffer {
  return Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
}

export function aWebp(): Buffer {
  return Buffer.from('UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==', 'base64');
}

/** One empty page. */
export function aPdf(title = 'Minutes'): Buffer {
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 72 72]>>',
    `<</Title(${title})>>`,
  ].map((body, index) => `${index + 1} 0 obj${body}endobj\n`);
  return Buffer.from(
    `%PDF-1.4\n${objects.join('')}trailer<</Root 1 0 R/Info 4 0 R/Size 5>>\n%%EOF\n`,
  );
}

/** A hundredth of a second of silence. */
export function aWav(): Buffer {
  const samples = Buffer.alloc(160);
  const format = Buffer.from('01000100401f0000803e000002001000', 'hex');
  const body = Buffer.concat([
    Buffer.from('WAVEfmt \x10\0\0\0', 'latin1'),
    format,
    Buffer.from('data'),
    uint32(samples.length).toReversed(),
    samples,
  ]);
  return Buffer.concat([Buffer.from('RIFF'), uint32(body.length).toReversed(), body]);
}

/** Two silent frames: MPEG-1 layer III, 128 kbit/s, 44.1 kHz. */
export function anMp3(): Buffer {
  const frame = Buffer.concat([Buffer.from('fffb9000', 'hex'), Buffer.alloc(413)]);
  return Buffer.concat([frame, frame]);
}

export function anAiff(): Buffer {
  const common = Buffer.from('0001000000000010400eac44000000000000', 'hex');
  const body = Buffer.concat([
    Buffer.from('AIFFCOMM'),
    uint32(common.length),
    common,
    Buffer.from('SSND'),
    uint32(8),
    Buffer.alloc(8),
  ]);
  return Buffer.concat([Buffer.from('FORM'), uint32(body.length), body]);
}

/** One frame in ADTS. */
export function anAac(): Buffer {
  return Buffer.from('fff15080017ffc211004608c1c', 'hex');
}

/** The first page of a stream in Opus. */
export function anOgg(): Buffer {
  const head = Buffer.from('OpusHead\x01\x01\0\0\x80\xbb\0\0\0\0\0', 'latin1');
  const page = Buffer.concat([Buffer.from('OggS\0\x02', 'latin1'), Buffer.alloc(20)]);
  return Buffer.concat([page, Buffer.from([1, head.length]), head]);
}

export function aFlac(): Buffer {
  return Buffer.concat([Buffer.from('fLaC'), Buffer.from('80000022', 'hex'), Buffer.alloc(34)]);
}

export function anM4a(): Buffer {
  return Buffer.concat([
    uint32(24),
    Buffer.from('ftypM4A \0\0\0\0M4A mp42', 'latin1'),
    uint32(8),
    Buffer.from('mdat'),
  ]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
