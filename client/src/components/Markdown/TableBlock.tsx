import { memo } from 'react';
import type { Components } from 'react-markdown';
import { MarkdownBlock } from './MarkdownBlock.tsx';
import { markdownParts, TableFrame } from './markdown-parts.tsx';

const headOnly: Components = {
  ...markdownParts,
  table: ({ children }) => children,
  tbody: () => null,
};

const rowsOnly: Components = {
  ...markdownParts,
  table: ({ children }) => children,
  thead: () => null,
};

/**
 * A table whose rows are parsed in groups, each with the head before it so that it is read as a table:
 * a row that arrives costs as much in the thousandth line as in the first.
 */
export const TableBlock = memo(function TableBlock({
  head,
  groups,
  definitions,
}: {
  head: string;
  groups: readonly string[];
  definitions: string;
}) {
  return (
    <TableFrame>
      <table>
        <MarkdownBlock text={`${head}${definitions}`} components={headOnly} />
        {groups.map((rows, index) => (
          <MarkdownBlock
            key={index}
            text={`${head}\n${rows}${definitions}`}
            components={rowsOnly}
          />
        ))}
      </table>
    </TableFrame>
  );
});
