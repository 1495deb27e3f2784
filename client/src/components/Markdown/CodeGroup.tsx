import { memo, useMemo, useRef, type ReactNode } from 'react';
import { GROUP_LINES } from './block.ts';
import type { Runs } from './highlight/runs.ts';
import { useNear } from './useNear.ts';

/** Of one line of code, as set in CodeBlock. */
const LINE_REM = 1.5;

/**
 * Some lines of code. Drawn anew only when they or their colours change; coloured only once they come
 * into view, and skipped by layout and paint while they are not.
 */
export const CodeGroup = memo(function CodeGroup({
  code,
  runs,
  isLast,
}: {
  code: string;
  runs: Runs | null;
  isLast: boolean;
}) {
  const ref = useRef<HTMLSpanElement>(null);
  const isNear = useNear(ref, false);
  const coloured = useMemo(
    () => (isNear && runs ? colour(code, runs) : code),
    [code, runs, isNear],
  );
  return (
    <span
      ref={ref}
      className={`block ${isLast ? '' : '[content-visibility:auto]'}`}
      style={
        isLast ? undefined : { containIntrinsicBlockSize: `auto ${GROUP_LINES * LINE_REM}rem` }
      }
    >
      {coloured}
      {'\n'}
    </span>
  );
});

/** @returns Pieces of the code, those with a colour as elements. */
function colour(code: string, runs: Runs): ReactNode[] {
  let position = 0;
  const pieces = runs.split(',').map((run) => {
    const length = Number.parseInt(run) || 0;
    const name = run.slice(String(length).length);
    const start = position;
    position += length;
    const text = code.slice(start, position);
    return name === '' ? (
      text
    ) : (
      <span key={start} className={`hljs-${name}`}>
        {text}
      </span>
    );
  });
  return [...pieces, code.slice(position)];
}
