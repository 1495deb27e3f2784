import { ChevronRight, TriangleAlert } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ToolGroup } from '../../agents/tool-groups.ts';
import { Button } from '../ui/Button.tsx';
import { ToolRow } from './ToolRow.tsx';

/** A server with more tools than this is closed at first, unless the agent uses one of them. */
const OPEN_UP_TO = 6;

/** The tools of one place, as a part that can be closed. */
export function ToolGroupFields({
  group,
  isSearched,
  onToggle,
  onSet,
}: {
  group: ToolGroup;
  /** What was searched for is shown in any case. */
  isSearched: boolean;
  onToggle: (key: string) => void;
  onSet: (keys: readonly string[], isChosen: boolean) => void;
}) {
  const { t } = useTranslation();
  const id = useId();
  const { kind, server, problem, tools } = group;
  const chosenCount = tools.filter(({ isChosen }) => isChosen).length;
  const [isOpened, setIsOpened] = useState(
    kind !== 'server' || chosenCount > 0 || tools.length <= OPEN_UP_TO,
  );
  const isOpen = isOpened || isSearched;
  const keys = tools.map(({ key }) => key);
  const title =
    kind === 'server' ? server : t(kind === 'gone' ? 'agents.toolsGone' : 'agents.toolsBuiltIn');

  return (
    <div role="group" aria-labelledby={`${id}-title`} className="rounded-lg border border-line">
      <div className="flex items-center gap-1 pr-1.5">
        <h3 className="min-w-0 flex-1">
          {tools.length === 0 ? (
            <span
              id={`${id}-title`}
              className="flex min-h-11 items-center px-3 text-small font-medium"
            >
              <span className="truncate">{title}</span>
            </span>
          ) : (
            <button
              type="button"
              id={`${id}-title`}
              aria-expanded={isOpen}
              aria-controls={isOpen ? id : undefined}
              onClick={() => setIsOpened(!isOpen)}
              className="group flex min-h-11 w-full items-center gap-2 rounded-lg px-3 text-left text-small font-medium"
            >
              <ChevronRight
                size={15}
                aria-hidden="true"
                className="shrink-0 text-ink-faint transition-transform group-aria-expanded:rotate-90"
              />
              <span className="truncate">{title}</span>
              <span className="font-normal text-ink-faint">
                {t('agents.toolsChosen', { chosen: chosenCount, count: tools.length })}
              </span>
            </button>
          )}
        </h3>
        {kind !== 'built-in' && tools.length > 1 && isOpen && (
          <Button
            look="quiet"
            aria-label={t(
              chosenCount > 0 ? 'agents.toolsChooseNoneOf' : 'agents.toolsChooseAllOf',
              { title },
            )}
            onClick={() => onSet(keys, chosenCount === 0)}
          >
            {t(chosenCount > 0 ? 'agents.toolsChooseNone' : 'agents.toolsChooseAll')}
          </Button>
        )}
      </div>
      {problem !== null && (
        <p className="flex gap-1.5 px-3 pb-3 text-small text-warn">
          <TriangleAlert size={15} aria-hidden="true" className="mt-px shrink-0" />
          <span className="min-w-0 wrap-anywhere">{problem}</span>
        </p>
      )}
      {isOpen && tools.length > 0 && (
        <ul id={id} className="divide-y divide-line border-t border-line">
          {tools.map((tool) => (
            <ToolRow key={tool.key} tool={tool} isGone={kind === 'gone'} onToggle={onToggle} />
          ))}
        </ul>
      )}
    </div>
  );
}
