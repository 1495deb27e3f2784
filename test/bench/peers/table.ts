/** A table in Markdown, its columns as wide as prettier makes them. The first column is text, the others are as `align` says. */
export function toTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  align: 'left' | 'right',
): string {
  const isRight = (column: number) => column > 0 && align === 'right';
  const widths = header.map((_, column) =>
    Math.max(3, ...[header, ...rows].map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) => {
    const padded = widths.map((width, column) => {
      const cell = cells[column] ?? '';
      return isRight(column) ? cell.padStart(width) : cell.padEnd(width);
    });
    return `| ${padded.join(' | ')} |`;
  };
  const rule = widths.map((width, column) =>
    isRight(column) ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width),
  );
  return [line(header), line(rule), ...rows.map(line)].join('\n');
}
