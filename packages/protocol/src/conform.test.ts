import { z } from 'zod';
import { conform } from './conform.ts';

const schema = z.object({ a: z.string(), b: z.number().default(1) });

describe('conform', () => {
  it('hands back the value itself, with fields the schema does not know and without its defaults', () => {
    const value = { unknown: true, a: 'x' };

    expect(conform(schema, value)).toBe(value);
    expect(Object.keys(value)).toEqual(['unknown', 'a']);
  });

  it('gives null for a value that does not conform', () => {
    expect(conform(schema, { a: 1 })).toBeNull();
    expect(conform(schema, undefined)).toBeNull();
  });
});
