/** A letter in a colour of its own for each author, so that the eye finds families in a long list. */
export function AuthorMark({ author, size = 28 }: { author: string; size?: number }) {
  const hue = Array.from(author).reduce(
    (sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 360,
    7,
  );
  return (
    <span
      aria-hidden="true"
      className="inline-grid shrink-0 place-items-center rounded-[30%] font-semibold uppercase"
      style={{
        width: size,
        height: size,
        fontSize: size * 0.46,
        background: `light-dark(oklch(0.93 0.045 ${hue}), oklch(0.33 0.06 ${hue}))`,
        color: `light-dark(oklch(0.42 0.11 ${hue}), oklch(0.86 0.08 ${hue}))`,
      }}
    >
      {author[0]}
    </span>
  );
}
