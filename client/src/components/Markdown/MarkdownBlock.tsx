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
  input: ({ checked }) => (
    <input type="checkbox" checked={checked} disabled aria-label={checked ? 'Done' : 'Not done'} />
  ),
  // The turn has a heading of level 2. Answers begin with any level and skip some, so all are one.
  h1: ({ children }) => <h3 className="markdown-h1">{children}</h3>,
  h2: ({ children }) => <h3 className="markdown-h2">{children}</h3>,
  h3: ({ children }) => <h3>{children}</h3>,
  h4: ({ children }) => <h3>{children}</h3>,
  h5: ({ children }) => <h3>{children}</h3>,
  h6: ({ children }) => <h3>{children}</h3>,
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
