import { capabilities, type Capability } from '../../models/facts.ts';

/** Strokes on a grid of 24: where each begins, and how it goes on from there. */
const strokes: Record<Capability, readonly (readonly [x: number, y: number, path: string])[]> = {
  vision: [
    [2, 12, 'c2.2-4.4 5.6-6.6 10-6.6s7.8 2.2 10 6.6c-2.2 4.4-5.6 6.6-10 6.6s-7.8-2.2-10-6.6z'],
    [9, 12, 'a3 3 0 1 0 6 0a3 3 0 1 0-6 0z'],
  ],
  files: [
    [5.5, 2.5, 'h8.5l5 5v14h-13.5z'],
    [14, 2.5, 'v5h5'],
    [9, 12.5, 'h6'],
    [9, 16.5, 'h6'],
  ],
  audio: [
    [3, 10, 'v4'],
    [7.5, 6.5, 'v11'],
    [12, 3, 'v18'],
    [16.5, 7, 'v10'],
    [21, 10, 'v4'],
  ],
  tools: [
    [
      20.6,
      6.4,
      'l-3.6 3.6-3-3 3.6-3.6a5.6 5.6 0 0 0-7.3 7.3l-7 7a2.1 2.1 0 0 0 3 3l7-7a5.6 5.6 0 0 0 7.3-7.3z',
    ],
  ],
  reasoning: [
    [
      12,
      5,
      'a3 3 0 0 0-5.8-.9 3.6 3.6 0 0 0-3 5.4 4 4 0 0 0 .6 6.6 4 4 0 0 0 7 3.4 2.6 2.6 0 0 0 1.2-2.1z',
    ],
    [
      12,
      5,
      'a3 3 0 0 1 5.8-.9 3.6 3.6 0 0 1 3 5.4 4 4 0 0 1-.6 6.6 4 4 0 0 1-7 3.4 2.6 2.6 0 0 1-1.2-2.1z',
    ],
  ],
  images: [
    [21, 12.5, 'v6.5a2 2 0 0 1-2 2h-14a2 2 0 0 1-2-2v-14a2 2 0 0 1 2-2h7.5'],
    [17, 5.5, 'h6'],
    [20, 2.5, 'v6'],
    [21, 15.5, 'l-3.2-3.2a2 2 0 0 0-2.8 0l-9 8.7'],
    [7.2, 9, 'a1.8 1.8 0 1 0 3.6 0a1.8 1.8 0 1 0-3.6 0z'],
  ],
};

const GRID = 24;
const STRIDE = 31; // A picture and the gap behind it.
const PICTURE_PX = 14;

/**
 * One small picture per capability in a single path: a list draws dozens of these with each key that is
 * pressed, and every element of a page costs.
 *
 * @param hasColumns - Each capability keeps its own place, so that the eye can run down a column.
 */
export function CapabilityPicture({
  has,
  hasColumns = false,
}: {
  has: readonly Capability[];
  hasColumns?: boolean;
}) {
  const places = hasColumns ? capabilities : has;
  const width = Math.max(0, (places.length - 1) * STRIDE + GRID);
  return (
    <svg
      aria-hidden="true"
      className="shrink-0"
      viewBox={`0 0 ${width} ${GRID}`}
      width={(width * PICTURE_PX) / GRID}
      height={PICTURE_PX}
      fill="none"
      stroke="currentColor"
      strokeWidth={2}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={has.map((capability) => drawn(capability, places.indexOf(capability))).join('')} />
    </svg>
  );
}

function drawn(capability: Capability, place: number): string {
  return strokes[capability].map(([x, y, path]) => `M${x + place * STRIDE} ${y}${path}`).join('');
}
