import { memo } from 'react';
import Markdown, { type Components } from 'react-markdown';
import rehypeHighlight from 'rehype-highlight';
import remarkGfm from 'remark-gfm';
import { CodeBlock } from './CodeBlock.tsx';

const components: Components = {
  pre: ({ children }) => <CodeBlock>{children}</CodeBlock>,
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  ),
  // A picture from elsewhere would tell that place who reads this, and when; a link does not.
  img: ({ src, alt }) => (
    <a href={src} target="_blank" rel="noopener noreferrer">
      Picture: {alt || 'no description'}
    </a>
  ),
  table: ({ children }) => (
    <div className="overflow-x-auto" tabIndex={0} role="region" aria-label="Table">
      <table>{children}</table>
    </div>
  ),
  // The page has its own headings above an answer, so those of the answer start one level lower.
  h1: ({ children }) => <h3>{children}</h3>,
  h2: ({ children }) => <h4>{children}</h4>,
  h3: ({ children }) => <h5>{children}</h5>,
  h4: ({ children }) => <h6>{children}</h6>,
};

const REMARK = [remarkGfm];
const REHYPE = [rehypeHighlight];
const NOTHING: [] = [];

/**
 * One block of an answer. Parsed anew only when its own text changes; a fence that is still open is
 * left uncoloured, since colouring it again with every word would cost more the longer it gets.
 */
export const MarkdownBlock = memo(function MarkdownBlock({
  text,
  isOpenFence,
}: {
  text: string;
  isOpenFence: boolean;
}) {
  return (
    <div className="markdown-block">
      <Markdown
        remarkPlugins={REMARK}
        rehypePlugins={isOpenFence ? NOTHING : REHYPE}
        components={components}
      >
        {text}
      </Markdown>
    </div>
  );
});
