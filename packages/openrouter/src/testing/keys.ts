/** A key that opens nothing: the prefix and one hexadecimal digit, repeated. */
export function aKey(digit: '0' | '1' | 'a' | 'f' = '0'): string {
  return `sk-or-v1-${digit.repeat(64)}`;
}
