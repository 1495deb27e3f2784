import { Check } from 'lucide-react';
import { memo, useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { ToolChoice } from '../../agents/tool-groups.ts';

/** One tool: its name is the label of the checkbox, and the rest describes it. */
export const ToolRow = memo(function ToolRow({
  tool,
  isGone,
  onToggle,
}: {
  tool: ToolChoice;
  /** Nobody offers it any more. */
  isGone: boolean;
  onToggle: (key: string) => void;
}) {
  const { t } = useTranslation();
  const id = useId();
  const { key, name, description, isChosen } = tool;
  const problem = isGone ? t('agents.toolGone') : tool.problem;
  return (
    <li>
      <label className="relative flex min-h-11 cursor-pointer items-start gap-3 px-3 py-2.5 transition-colors hover:bg-hover/60">
        <input
          type="checkbox"
          checked={isChosen}
          onChange={() => onToggle(key)}
          aria-labelledby={`${id}-name`}
          aria-describedby={`${id}-text`}
          className="peer sr-only"
        />
        <span
          aria-hidden="true"
          className="mt-px grid size-5 shrink-0 place-items-center rounded-sm border border-line-strong bg-surface text-transparent outline-offset-2 peer-checked:border-accent peer-checked:bg-accent peer-checked:text-on-accent peer-focus-visible:outline-2 peer-focus-visible:outline-accent"
        >
          <Check size={14} strokeWidth={3} />
        </span>
        <span className="min-w-0 flex-1 text-small">
          <span id={`${id}-name`} className="font-medium wrap-anywhere">
            {name}
          </span>
          <span id={`${id}-text`} className="block text-ink-soft wrap-anywhere">
            {description && <span className="line-clamp-3">{description}</span>}
            {problem !== null && <span className="block text-warn">{problem}</span>}
          </span>
        </span>
      </label>
    </li>
  );
});
