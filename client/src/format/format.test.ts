import { createFormat } from './format.ts';

const plain = (text: string) => text.replaceAll(/\s/g, ' ');

it.each([
  ['en', '1,234', '128K', '$12.34', '$0.075', '$0.000887', '0.8 sec', '1.4 MB', '12 minutes ago'],
  ['de', '1.234', '128.000', '12,34 $', '0,075 $', '0,000887 $', '0,8 Sek.', '1,4 MB', 'vor 12 Minuten'], // prettier-ignore
  ['zh-CN', '1,234', '13万', '$12.34', '$0.075', '$0.000887', '0.8秒', '1.4 MB', '12分钟前'],
])('writes %s as its readers do', (language, ...expected) => {
  const format = createFormat(language);

  expect(
    [
      format.count(1234),
      format.tokens(128_000),
      format.balance(12.34),
      format.price(0.075),
      format.charge(0.000887),
      format.duration(800),
      format.bytes(1_400_000),
      format.age(12 * 60_000),
    ].map(plain),
  ).toEqual(expected.map(plain));
});

it('does not round a small price away', () => {
  expect(createFormat('en').price(0.0005)).toBe('$0.0005');
  expect(createFormat('en').price(0)).toBe('$0.00');
});
