import { encodeComment, encodeEvent } from './encode.ts';

describe('encodeEvent', () => {
  it.each([
    ['{"a":1}', 'data: {"a":1}\n\n'],
    ['', 'data: \n\n'],
    ['a\nb', 'data: a\ndata: b\n\n'],
    ['a\r\nb\rc', 'data: a\ndata: b\ndata: c\n\n'],
  ])('frames %j', (payload, frame) => {
    expect(encodeEvent(payload)).toBe(frame);
  });

  it('puts the place in the stream in front', () => {
    expect(encodeEvent('a\nb', 12)).toBe('id: 12\ndata: a\ndata: b\n\n');
  });

  it('lets no payload begin a field of its own', () => {
    const lines = encodeEvent('x\n\nevent: forged\r\rid: 1').trimEnd().split('\n');

    expect(lines.every((line) => line.startsWith('data: '))).toBe(true);
  });
});

describe('encodeComment', () => {
  it('keeps a comment on one line', () => {
    expect(encodeComment('heart\r\ndata: beat')).toBe(': heart data: beat\n\n');
  });
});
