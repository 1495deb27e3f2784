import { lazy, memo, Suspense } from 'react';
import Markdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { remarkFootnotes } from './footnotes.ts';
import { markFormulas, mayHoldFormula } from './formulas.ts';
import { markdownParts } from './markdown-parts.tsx';

const REMARK = [remarkGfm, remarkFootnotes];

const FormulaMarkdown = lazy(async () => {
  const { FormulaMarkdown: component } = await import('./FormulaMarkdown.tsx');
  return { default: component };
});

/** Markdown of one block. Parsed anew only when its own text changes; formulas are loaded when there are any. */
export const MarkdownBlock = memo(function MarkdownBlock({
  text,
  components = markdownParts,
}: {
  text: string;
  components?: Components;
}) {
  const marked = mayHoldFormula(text) ? markFormulas(text) : text;
  const plain = (
    <Markdown remarkPlugins={REMARK} components={components}>
      {text}
    </Markdown>
  );
  if (!marked.includes('$$')) return plain;
  return (
    <Suspense fallback={plain}>
      <FormulaMarkdown text={marked} components={components} />
    </Suspense>
  );
});
