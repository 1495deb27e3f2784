import katex from 'katex';
import { memo, useLayoutEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';

const OPTIONS = {
  throwOnError: true,
  strict: 'ignore', // Models write text with accents into formulas, and that is fine.
  trust: false, // No links, no pictures, no styles of its own.
  maxExpand: 500, // A macro that expands itself would go on for ever.
  maxSize: 40, // Of rules, in em: nothing covers the page.
} as const;

/**
 * A formula. KaTeX builds the nodes itself and sets their styles one by one, which the security policy
 * allows; what it cannot read is shown as it was written.
 */
export const Formula = memo(function Formula({
  tex,
  isDisplayed,
}: {
  tex: string;
  isDisplayed: boolean;
}) {
  const { t } = useTranslation();
  const ref = useRef<HTMLSpanElement>(null);
  const drawn = useMemo(() => draw(tex, isDisplayed), [tex, isDisplayed]);

  useLayoutEffect(() => {
    if (drawn) ref.current?.replaceChildren(drawn);
  }, [drawn]);

  if (!drawn) return <code title={t('chat.formulaUnreadable')}>{tex}</code>;
  if (!isDisplayed) return <span ref={ref} />;
  return (
    <span
      ref={ref}
      tabIndex={0}
      role="region"
      aria-label={t('chat.formula')}
      className="block overflow-x-auto overflow-y-hidden py-1"
    />
  );
});

/** `null` for what KaTeX cannot read. */
function draw(tex: string, displayMode: boolean): HTMLElement | null {
  const element = document.createElement('span');
  try {
    katex.render(tex, element, { ...OPTIONS, displayMode });
    return element;
  } catch {
    return null;
  }
}
