const ARITHMETIC = /(?<!\w)(-?\d+(?:\.\d+)?)\s*([+*/x×÷-])\s*(-?\d+(?:\.\d+)?)(?!\w)/;
const ASKS_TO_CALCULATE =
  /^(?:(?:what(?:'s| is)|calculate|compute|how much is|solve)\s+)?-?\d[\d\s.+*/x×÷-]*[\s=?.]*$/i;

/** `What is 17 * 23?` → `17 × 23 = 391`; `null` for anything but one operation. */
export function solveArithmetic(text: string): string | null {
  const match = ASKS_TO_CALCULATE.test(text.trim()) ? ARITHMETIC.exec(text) : null;
  if (!match) return null;
  const [, left = '', sign = '', right = ''] = match;
  const [one, other] = [Number(left), Number(right)];
  switch (sign) {
    case '+':
      return `${left} + ${right} = ${tidy(one + other)}`;
    case '-':
      return `${left} − ${right} = ${tidy(one - other)}`;
    case '/':
    case '÷':
      return other === 0
        ? 'A division by zero has no result.'
        : `${left} ÷ ${right} = ${tidy(one / other)}`;
    default:
      return `${left} × ${right} = ${tidy(one * other)}`;
  }
}

function tidy(value: number): string {
  return String(Number(value.toPrecision(12)));
}
