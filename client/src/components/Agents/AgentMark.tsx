import { Bot } from 'lucide-react';

/** A colour of its own for each name, so that the eye finds an agent again. */
export function AgentMark({ name, size = 40 }: { name: string | null; size?: number }) {
  const characters = Array.from((name ?? '').trim());
  const [first] = characters;
  const hue = characters.reduce((sum, each) => (sum * 31 + (each.codePointAt(0) ?? 0)) % 360, 7);
  return (
    <span
      aria-hidden="true"
      className="inline-grid shrink-0 place-items-center rounded-[30%] font-semibold uppercase select-none"
      style={{
        width: size,
        height: size,
        fontSize: size * 0.44,
        background: `light-dark(oklch(0.93 0.045 ${hue}), oklch(0.33 0.06 ${hue}))`,
        color: `light-dark(oklch(0.42 0.11 ${hue}), oklch(0.86 0.08 ${hue}))`,
      }}
    >
      {first ?? <Bot size={size * 0.5} />}
    </span>
  );
}
