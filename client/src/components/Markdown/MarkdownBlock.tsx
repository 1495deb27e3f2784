import { lazy, memo, Suspense } from 'react';
import Markdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { markFormulas, mayHoldFormula } from './formulas.ts';
import { markdownParts } from './markdown-parts.tsx';

const REMARK = [remarkGfm];

const FormulaMarkdown = lazy(async () => {
  const { FormulaMarkdown: component } = await import('./FormulaMarkdown.tsx');
  return { default: component };
});

/** A note at the foot belongs to another block than its mark, so both are shown as they were written. */
const FOOTNOTE = /^( {0,3})\[\^([^\]\n]+)\]:/gm;

/** Markdown of one block. Parsed anew only when its own text changes; formulas are loaded when there are any. */
export const MarkdownBlock = memo(function MarkdownBlock({
  text,
  components = markdownParts,
}: {
  text: string;
  components?: Components;
}) {
  const source = text.replace(FOOTNOTE, '$1\\[^$2]:');
  const marked = mayHoldFormula(source) ? markFormulas(source) : source;
  const plain = (
    <Markdown remarkPlugins={REMARK} components={components}>
      {source}
    </Markdown>
  );
  if (!marked.includes('$$')) return plain;
  return (
    <Suspense fallback={plain}>
      <FormulaMarkdown text={marked} components={components} />
    </Suspense>
  );
});
