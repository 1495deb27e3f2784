import { WrapText } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../ui/CopyButton.tsx';
import { CodeGroup } from './CodeGroup.tsx';
import { useRuns } from './highlight/useRuns.ts';

/** Fenced code: its language, buttons to wrap and to copy it, and the code, coloured off the main thread. */
export function CodeBlock({
  language,
  groups,
}: {
  language: string | null;
  groups: readonly string[];
}) {
  const { t } = useTranslation();
  const [isWrapped, setIsWrapped] = useState(false);
  const runs = useRuns(language, groups);
  return (
    <div className="overflow-hidden rounded-lg border border-line bg-surface">
      <div className="flex h-9 items-center border-b border-line bg-sunken pr-1 pl-4 text-small text-ink-soft touch:h-11">
        <span className="min-w-0 flex-1 truncate">{language ?? t('chat.plainText')}</span>
        <button
          type="button"
          aria-label={t('chat.wrapLines')}
          title={t('chat.wrapLines')}
          aria-pressed={isWrapped}
          onClick={() => setIsWrapped(!isWrapped)}
          className="inline-flex size-8 items-center justify-center rounded-md transition-colors hover:bg-hover hover:text-ink aria-pressed:text-accent-ink touch:size-11"
        >
          <WrapText size={16} aria-hidden="true" />
        </button>
        <CopyButton
          label={t('chat.copyCode')}
          getText={() => groups.join('\n')}
          className="size-8"
        />
      </div>
      {/* Focusable, so that the keyboard can scroll long lines. */}
      <pre
        tabIndex={0}
        role="region"
        aria-label={language ? t('chat.codeIn', { language }) : t('chat.code')}
        className={`overflow-x-auto p-4 font-mono text-small leading-6 -outline-offset-2 ${isWrapped ? 'wrap-anywhere whitespace-pre-wrap' : ''}`}
      >
        {/* As wide as its longest line: a group that layout skips would cut off what is wider. */}
        <code className={isWrapped ? 'block' : 'block w-max min-w-full'}>
          {groups.map((code, index) => (
            <CodeGroup
              key={index}
              code={code}
              runs={runs?.[index] ?? null}
              isLast={index === groups.length - 1}
            />
          ))}
        </code>
      </pre>
    </div>
  );
}
