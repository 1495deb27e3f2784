/** Our mark: one question, three ways, one of them taken. */
export function Logo({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" className="shrink-0">
      <rect width="32" height="32" rx="9" className="fill-ink" />
      <g className="stroke-canvas" strokeWidth="2.2" strokeLinecap="round" fill="none">
        <path d="M8 16h15M11.5 16c5 0 4-7 9-7H23M11.5 16c5 0 4 7 9 7H23" />
      </g>
      <circle cx="8" cy="16" r="2.6" className="fill-canvas" />
      <circle cx="23.5" cy="9" r="2.4" className="fill-canvas" />
      <circle cx="23.5" cy="16" r="2.9" className="fill-[light-dark(#8da2ff,#4a5cd6)]" />
      <circle cx="23.5" cy="23" r="2.4" className="fill-canvas" />
    </svg>
  );
}
