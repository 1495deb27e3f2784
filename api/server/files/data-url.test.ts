import { readDataUrl } from './data-url.ts';

const LIMIT = 100;
const encoded = (bytes: number) => Buffer.alloc(bytes, 7).toString('base64');

describe('readDataUrl', () => {
  it.each([
    ['data:image/png;base64,BwcH', 3],
    ['data:image/jpeg;charset=utf-8;base64,Bwc=', 2],
    ['DATA:image/png;BASE64,Bw==', 1],
    [`data:image/png;base64,${encoded(LIMIT)}`, LIMIT],
  ])('reads %s', (url, length) => {
    expect(readDataUrl(url, LIMIT)).toEqual({ outcome: 'read', bytes: Buffer.alloc(length, 7) });
  });

  it.each([
    'https://example.com/a.png',
    'data:image/png,BwcH',
    'data:image/png;base64,',
    'data:image/png;base64,Bwc',
    'data:image/png;base64,Bwc==',
    'data:image/png;base64,Bw cH',
    'data:image/png;base64,BwcH\n',
    'data:image/png;base64,Bwc_',
    'data:image/png;base64,Bwf=', // Bits beside the last byte.
    ` data:image/png;base64,BwcH`,
    `data:${'a'.repeat(500)}/png;base64,BwcH`,
  ])('refuses %j', (url) => {
    expect(readDataUrl(url, LIMIT)).toEqual({ outcome: 'malformed' });
  });

  it.each([LIMIT + 1, LIMIT + 2, LIMIT + 3, LIMIT * 10])('refuses %d bytes', (bytes) => {
    const url = `data:image/png;base64,${encoded(bytes)}`;

    expect(readDataUrl(url, LIMIT)).toEqual({ outcome: 'too-large' });
  });
});
