/** One measured value. */
export interface Row {
  name: string;
  /** `null` when nothing was seen. */
  value: number | null;
  unit: 'ms' | '';
  /** What we promise; absent where nothing is promised. */
  atMost?: number;
}

/** A table in Markdown, for the log and for docs/performance.md. */
export function toMarkdown(title: string, rows: readonly Row[]): string {
  const lines = rows.map(({ name, value, unit, atMost }) => {
    const text = value === null ? 'none' : `${Number(value.toFixed(1))}${unit && ` ${unit}`}`;
    return `| ${name} | ${text} | ${atMost === undefined ? '–' : `≤ ${atMost}`} |`;
  });
  return [
    `### ${title}`,
    '',
    '| Measured | Value | Target |',
    '| --- | ---: | ---: |',
    ...lines,
  ].join('\n');
}
