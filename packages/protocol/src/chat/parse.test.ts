import fc from 'fast-check';
import { parseChunk } from './parse.ts';
import { emptyAnswer, reduceChunk } from './reduce.ts';

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

  it('reads or refuses any JSON, and what it reads can be reduced', () => {
    const any = fc.jsonValue({ maxDepth: 3 });
    const maybe = <T>(shape: fc.Arbitrary<T>) => fc.oneof({ weight: 3, arbitrary: shape }, any);
    const aDelta = fc.dictionary(
      fc.constantFrom('content', 'reasoning', 'tool_calls', 'images', 'annotations', 'refusal'),
      fc.oneof(
        any,
        fc.array(fc.dictionary(fc.constantFrom('index', 'function', 'image_url', 'type'), any)),
      ),
    );
    const aChoice = fc.record(
      { delta: maybe(aDelta), finish_reason: any, native_finish_reason: any, error: any },
      { requiredKeys: [] },
    );
    const aChunk = fc.record(
      { id: any, model: any, choices: maybe(fc.array(maybe(aChoice))), usage: any, error: any },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(maybe(aChunk), (value) => {
        const chunk = parseChunk(JSON.stringify(value));
        if (chunk !== null) reduceChunk(emptyAnswer, chunk);
      }),
      { numRuns: 300 },
    );
  });
});
