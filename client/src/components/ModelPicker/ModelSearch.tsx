import type { Model } from '@openrouter-native/protocol';
import type { ModelList as Catalogue } from '@openrouter-native/react';
import { RefreshCw, Search, X } from 'lucide-react';
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { formatTime } from '../../format/age.ts';
import { formatCount } from '../../format/counts.ts';
import { createModelSearch } from '../../models/search.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { ModelList } from './ModelList.tsx';
import { COLUMNS } from './ModelRow.tsx';
import { optionId } from './option-id.ts';
import { useIsNarrow } from '../ui/useIsNarrow.ts';

/** How far Page Up and Page Down go; about what is in view. */
const PAGE_ROWS = 7;

/** Choosing closes the dialog, which is the caller’s part. */
export interface ModelSearchProps {
  catalogue: Catalogue;
  chosenId: string | null;
  isRefreshing: boolean;
  onRefresh: () => void;
  onChoose: (model: Model) => void;
  onClose: () => void;
}

/** Search field and list as one: the focus stays in the field, the arrow keys move in the list. */
export function ModelSearch(props: ModelSearchProps) {
  const { catalogue, chosenId, isRefreshing, onRefresh, onChoose, onClose } = props;
  const { models } = catalogue;
  const search = useMemo(() => createModelSearch(models), [models]);
  const isNarrow = useIsNarrow();
  const listId = useId();
  const [query, setQuery] = useState('');
  const [activeIndex, setActiveIndex] = useState(() =>
    Math.max(
      0,
      models.findIndex(({ id }) => id === chosenId),
    ),
  );
  const found = useMemo(() => search(query), [search, query]);
  const active = Math.min(activeIndex, found.length - 1);
  const inputRef = useRef<HTMLInputElement>(null);

  // The dialog focuses what it finds when it opens, which may be before this part has arrived.
  useEffect(() => inputRef.current?.focus(), []);

  function onKeyDown(event: KeyboardEvent) {
    const target = targetOf(event.key, active, found.length);
    if (target !== null) {
      event.preventDefault();
      setActiveIndex(target);
      return;
    }
    const model = found[active];
    if (event.key === 'Enter' && model && !event.nativeEvent.isComposing) {
      event.preventDefault();
      onChoose(model);
    }
  }

  return (
    <>
      <div className="flex items-center gap-3 border-b border-line px-4">
        <Search size={18} aria-hidden="true" className="shrink-0 text-ink-faint" />
        <input
          ref={inputRef}
          type="text"
          role="combobox"
          aria-label="Search models"
          aria-expanded={found.length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={active >= 0 ? optionId(listId, active) : undefined}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          placeholder="Search by name or id"
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setActiveIndex(0);
          }}
          onKeyDown={onKeyDown}
          className="h-14 min-w-0 flex-1 bg-transparent text-prose outline-none placeholder:text-ink-faint"
        />
        <IconButton label="Close" icon={<X size={18} />} onClick={onClose} className="-mr-2" />
      </div>
      <div
        aria-hidden="true"
        className={`mx-2 hidden gap-3 px-3 pt-2.5 text-tiny text-ink-faint ${COLUMNS} [&>*:not(:first-child)]:justify-self-end`}
      >
        <span>Model</span>
        <span>Abilities</span>
        <span>Context</span>
        <span>In / 1M</span>
        <span>Out / 1M</span>
      </div>
      {found.length > 0 ? (
        <ModelList
          id={listId}
          models={found}
          activeIndex={active}
          chosenId={chosenId}
          isNarrow={isNarrow}
          onPoint={setActiveIndex}
          onChoose={onChoose}
        />
      ) : (
        <p className="flex-1 px-6 py-10 text-center text-ink-soft">
          No model is called “{query.trim()}”. Try its author, or less of its name.
        </p>
      )}
      <div className="flex items-center gap-2 border-t border-line py-1.5 pr-2 pl-4 text-small text-ink-faint">
        <p role="status">
          {found.length === models.length
            ? `${formatCount(models.length)} models`
            : `${formatCount(found.length)} of ${formatCount(models.length)} models`}
        </p>
        <p className="ml-auto">
          {catalogue.isStale ? 'Last good copy' : 'List'}
          {catalogue.readAtMs !== null && ` of ${formatTime(catalogue.readAtMs)}`}
        </p>
        <IconButton
          label="Refresh the list"
          icon={<RefreshCw size={15} className={isRefreshing ? 'animate-spin' : ''} />}
          onClick={onRefresh}
        />
      </div>
    </>
  );
}

/** Where a key leads in a list of `count` rows; `null` when the key is not for the list. */
function targetOf(key: string, active: number, count: number): number | null {
  if (count === 0) return null;
  switch (key) {
    case 'ArrowDown':
      return (active + 1) % count;
    case 'ArrowUp':
      return (active - 1 + count) % count;
    case 'PageDown':
      return Math.min(active + PAGE_ROWS, count - 1);
    case 'PageUp':
      return Math.max(active - PAGE_ROWS, 0);
    default:
      return null;
  }
}
