import fc from 'fast-check';
import { isOpen, nest, noNesting } from './nesting.ts';

const container = fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue()));

it('is closed after whole JSON, in whatever pieces it comes', () => {
  fc.assert(
    fc.property(container, fc.nat(), (value, at) => {
      const text = JSON.stringify(value);
      const cut = at % text.length;

      expect(isOpen(nest(nest(noNesting, text.slice(0, cut)), text.slice(cut)))).toBe(false);
    }),
  );
});

it('is open after every true beginning of it', () => {
  fc.assert(
    fc.property(container, fc.nat(), (value, at) => {
      const text = JSON.stringify(value);
      const cut = 1 + (at % Math.max(1, text.length - 1));
      fc.pre(cut < text.length);

      expect(isOpen(nest(noNesting, text.slice(0, cut)))).toBe(true);
    }),
  );
});
