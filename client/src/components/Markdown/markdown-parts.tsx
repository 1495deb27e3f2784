import { isValidElement, type ComponentProps, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Components, ExtraProps } from 'react-markdown';
import { CodeBlock } from './CodeBlock.tsx';
import { FootnoteMark, FootnoteText } from './Footnote.tsx';

/** What stands for the elements of Markdown. Nothing of it is fetched from elsewhere. */
export const markdownParts: Components = {
  pre: ({ children }) => <Code>{children}</Code>,
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  ),
  img: ({ src, alt }) => <Picture src={typeof src === 'string' ? src : undefined} alt={alt} />,
  table: ({ children }) => (
    <TableFrame>
      <table>{children}</table>
    </TableFrame>
  ),
  sup: ({ node }) => <FootnoteMark label={labelOf(node)} />,
  aside: ({ node, children }) => <FootnoteText label={labelOf(node)}>{children}</FootnoteText>,
  input: ({ checked }) => <Task isDone={checked === true} />,
  // The turn has a heading of level 2. Answers begin with any level and skip some, so all are one.
  h1: ({ children }) => <h3 className="markdown-h1">{children}</h3>,
  h2: ({ children }) => <h3 className="markdown-h2">{children}</h3>,
  h3: ({ children }) => <h3>{children}</h3>,
  h4: ({ children }) => <h3>{children}</h3>,
  h5: ({ children }) => <h3>{children}</h3>,
  h6: ({ children }) => <h3>{children}</h3>,
};

/** As {@link remarkFootnotes} has put it there. */
function labelOf(node: ExtraProps['node']): string {
  return String(node?.properties['dataNote'] ?? '');
}

/** Scrolls what is too wide, also by keyboard. */
export function TableFrame({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <div className="overflow-x-auto" tabIndex={0} role="region" aria-label={t('chat.table')}>
      {children}
    </div>
  );
}

/** Code inside a list or a quote; all other code never comes to the parser. */
function Code({ children }: { children: ReactNode }) {
  if (!isValidElement<ComponentProps<'code'>>(children)) return <pre>{children}</pre>;
  const { className = '', children: text } = children.props;
  const language = /language-([^\s]+)/.exec(className)?.[1] ?? null;
  return <CodeBlock language={language} groups={[textOf(text).replace(/\n$/, '')]} />;
}

function textOf(children: ReactNode): string {
  if (Array.isArray(children)) return children.map(textOf).join('');
  return typeof children === 'string' ? children : '';
}

/** A picture from elsewhere would tell that place who reads this, and when; a link does not. */
function Picture({ src, alt }: { src: string | undefined; alt: string | undefined }) {
  const { t } = useTranslation();
  return (
    <a href={src} target="_blank" rel="noopener noreferrer">
      {t('chat.linkedPicture', { description: alt || t('chat.noDescription') })}
    </a>
  );
}

function Task({ isDone }: { isDone: boolean }) {
  const { t } = useTranslation();
  return (
    <input
      type="checkbox"
      checked={isDone}
      disabled
      aria-label={t(isDone ? 'chat.taskDone' : 'chat.taskOpen')}
    />
  );
}
