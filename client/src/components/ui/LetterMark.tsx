import type { ReactNode } from 'react';

/**
 * The first letter of a name in a colour of its own, so that the eye finds it again in a long list.
 *
 * @param size - CSS pixels.
 * @param empty - Stands there when there is no name.
 */
export function LetterMark({
  name,
  size,
  empty,
}: {
  name: string;
  size: number;
  empty?: ReactNode;
}) {
  const letters = Array.from(name);
  const hue = letters.reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 360, 7);
  return (
    <span
      aria-hidden="true"
      className="inline-grid shrink-0 place-items-center rounded-[30%] font-semibold uppercase select-none"
      style={{
        width: size,
        height: size,
        fontSize: size * 0.45,
        background: `light-dark(oklch(0.93 0.045 ${hue}), oklch(0.33 0.06 ${hue}))`,
        color: `light-dark(oklch(0.42 0.11 ${hue}), oklch(0.86 0.08 ${hue}))`,
      }}
    >
      {letters[0] ?? empty}
    </span>
  );
}
