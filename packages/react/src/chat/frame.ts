/** Runs `flush` once, soon; returns a function that calls it off. */
export type Schedule = (flush: () => void) => () => void;

/** About one frame at 60 Hz, for surroundings that paint no frames. */
const FRAME_MS = 16;

/** With the next frame that is painted. A hidden page paints none, so it does no work either. */
export const onNextFrame: Schedule = (flush) => {
  if (typeof requestAnimationFrame === 'function') {
    const frame = requestAnimationFrame(flush);
    return () => cancelAnimationFrame(frame);
  }
  const timer = setTimeout(flush, FRAME_MS);
  return () => clearTimeout(timer);
};
