import { isValidElement, useRef, type ComponentProps, type ReactNode } from 'react';
import { CopyButton } from '../ui/CopyButton.tsx';

/** A fenced block: its language, a copy button, and the code. */
export function CodeBlock({ children }: { children?: ReactNode }) {
  const code = useRef<HTMLPreElement>(null);
  const language = languageOf(children);
  return (
    <div className="overflow-hidden rounded-lg border border-line bg-surface">
      <div className="flex h-9 items-center border-b border-line bg-sunken pr-1 pl-4 text-small text-ink-soft touch:h-11">
        <span>{language ?? 'text'}</span>
        <CopyButton
          label="Copy code"
          getText={() => code.current?.textContent ?? ''}
          className="ml-auto size-8"
        />
      </div>
      {/* Focusable, so that the keyboard can scroll long lines. */}
      <pre
        ref={code}
        tabIndex={0}
        role="region"
        aria-label={`Code${language ? `, ${language}` : ''}`}
        className="overflow-x-auto p-4 font-mono text-small leading-6 -outline-offset-2"
      >
        {children}
      </pre>
    </div>
  );
}

/** The class that Markdown gives the `code` inside: `language-ts`. */
function languageOf(children: ReactNode): string | null {
  if (!isValidElement<ComponentProps<'code'>>(children)) return null;
  return /language-([^\s]+)/.exec(children.props.className ?? '')?.[1] ?? null;
}
