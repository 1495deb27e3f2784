/** As much of a parsed Markdown text as is looked at here. @see https://github.com/syntax-tree/mdast */
interface Node {
  type: string;
  label?: string | null;
  children?: Node[];
  data?: { hName: string; hProperties: Record<string, string> };
}

/**
 * A remark plugin that shows footnotes where they were written, since a text is parsed block by block:
 * marks become `sup` and notes become `aside`, each with its label in `dataNote`. A note without words
 * only says that another block has them.
 */
export function remarkFootnotes(): (tree: object) => void {
  return (tree) => mark(tree as Node);
}

function mark(node: Node): void {
  if (!node.children) return;
  node.children = node.children.filter((child) => !isEmptyNote(child));
  for (const child of node.children) {
    if (child.type === 'footnoteReference') Object.assign(child, shownAs('sup', child));
    if (child.type === 'footnoteDefinition') Object.assign(child, shownAs('aside', child));
    mark(child);
  }
}

function isEmptyNote({ type, children }: Node): boolean {
  return type === 'footnoteDefinition' && children?.length === 0;
}

function shownAs(hName: string, { label, children = [] }: Node): Node {
  const data = { hName, hProperties: { dataNote: label ?? '' } };
  return { type: `shown-as-${hName}`, children, data }; // A type that nobody else handles.
}
