import { startTransition, useEffect, useRef, useState } from 'react';
import { openHighlighting, type Highlighting } from './highlighter.ts';
import type { Runs } from './runs.ts';

/** The colours of code, one entry for each group; `null` until they are known, or when they never are. */
export function useRuns(
  language: string | null,
  groups: readonly string[],
): readonly Runs[] | null {
  const [runs, setRuns] = useState<readonly Runs[] | null>(null);
  const highlighting = useRef<Highlighting>(null);

  useEffect(() => {
    const opened = openHighlighting((found) => startTransition(() => setRuns(found)));
    highlighting.current = opened;
    return () => opened.close();
  }, []);

  useEffect(() => {
    if (language !== null) highlighting.current?.want(language, groups);
  }, [language, groups]);

  return runs;
}
