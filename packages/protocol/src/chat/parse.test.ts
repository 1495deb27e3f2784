import { parseChunk } from './parse.ts';

describe('parseChunk', () => {
  it('keeps every field, in the order of the wire', () => {
    const payload =
      '{"zeta":1,"id":"gen-1","choices":[{"later":true,"delta":{"unknown":[1],"content":"x"},"index":0}],"created":1,"debug":{"a":null}}';

    expect(JSON.stringify(parseChunk(payload))).toBe(payload);
  });

  it.each([
    ['{}'],
    ['{"choices":[]}'],
    ['{"choices":null,"usage":null,"error":null}'],
    ['{"error":{"code":502,"message":"x"}}'],
    ['{"error":{"code":"server_error","metadata":null}}'],
    ['{"choices":[{"delta":null,"finish_reason":null}]}'],
    ['{"choices":[{"delta":{"content":null,"tool_calls":null,"reasoning_details":[]}}]}'],
  ])('reads %s', (payload) => {
    expect(parseChunk(payload)).toEqual(JSON.parse(payload));
  });

  it.each([
    [''],
    ['[DONE]'],
    ['{"choices":'],
    ['null'],
    ['7'],
    ['"text"'],
    ['[]'],
    ['{"choices":{}}'],
    ['{"choices":[{"delta":{"content":1}}]}'],
    ['{"error":"text"}'],
    ['<html>'],
  ])('cannot read %j', (payload) => {
    expect(parseChunk(payload)).toBeNull();
  });
});
