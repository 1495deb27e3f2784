import 'katex/dist/katex.min.css';
import type { ComponentProps, ComponentType } from 'react';
import Markdown, { type Components, type ExtraProps } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import { remarkFootnotes } from './footnotes.ts';
import { Formula } from './Formula.tsx';

/** One dollar is a currency: whatever is a formula has been marked with two. */
const REMARK = [
  remarkGfm,
  remarkFootnotes,
  [remarkMath, { singleDollarTextMath: false }],
] as NonNullable<Parameters<typeof Markdown>[0]['remarkPlugins']>;

/** Markdown with formulas, which {@link markFormulas} has marked. */
export function FormulaMarkdown({ text, components }: { text: string; components: Components }) {
  return (
    <Markdown remarkPlugins={REMARK} components={withFormulas(components)}>
      {text}
    </Markdown>
  );
}

const known = new WeakMap<Components, Components>();

/** The same object each time, or React would draw all of them anew. */
function withFormulas(components: Components): Components {
  const before = known.get(components);
  if (before) return before;
  const Pre = (components.pre ?? 'pre') as ComponentType<ComponentProps<'pre'> & ExtraProps>;
  const extended: Components = {
    ...components,
    code: ({ className = '', children }) =>
      className.includes('math-inline') ? (
        <Formula tex={typeof children === 'string' ? children : ''} isDisplayed={false} />
      ) : (
        <code className={className}>{children}</code>
      ),
    pre(props) {
      const [code] = props.node?.children ?? [];
      if (code?.type !== 'element' || !isFormula(code.properties['className'])) {
        return <Pre {...props} />;
      }
      const [text] = code.children;
      return <Formula tex={text?.type === 'text' ? text.value : ''} isDisplayed />;
    },
  };
  known.set(components, extended);
  return extended;
}

function isFormula(className: unknown): boolean {
  return Array.isArray(className) && className.includes('math-display');
}
