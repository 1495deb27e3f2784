import { DialogDismiss } from '@ariakit/react';
import {
  useFavoriteModels,
  useRecentModels,
  useZeroRetention,
  type ModelList as Catalogue,
} from '@openrouter-native/react';
import { ArrowLeft, RefreshCw, Search, X } from 'lucide-react';
import {
  useCallback,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
} from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { baseIdOf, toFamilies } from '../../models/families.ts';
import {
  authorsOf,
  countFilters,
  noFilters,
  type ModelFilters,
  type ModelOrder,
} from '../../models/filters.ts';
import { createModelSearch } from '../../models/search.ts';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { useIsNarrow } from '../ui/useIsNarrow.ts';
import { AutoRouterSwitch } from './AutoRouterSwitch.tsx';
import { FilterBar } from './FilterBar.tsx';
import { ModelComparison } from './ModelComparison.tsx';
import { ModelDetails } from './ModelDetails.tsx';
import { ModelList } from './ModelList.tsx';
import { COLUMNS } from './ModelRow.tsx';
import { optionId } from './option-id.ts';
import { toRows } from './rows.ts';

/** How far Page Up and Page Down go; about what is in view. */
const PAGE_ROWS = 7;
const MAX_COMPARED = 3;
const AUTO = 'openrouter/auto';

/** Choosing closes the dialog, which is the caller’s part. */
export interface ModelSearchProps {
  catalogue: Catalogue;
  chosenId: string | null;
  /** Whether the choice may be left to OpenRouter. */
  offersAuto: boolean;
  isRefreshing: boolean;
  onRefresh: () => void;
  onChoose: (id: string) => void;
}

/** Search field and list as one: the focus stays in the field, the arrow keys move in the list. */
export function ModelSearch(props: ModelSearchProps) {
  const { catalogue, chosenId, offersAuto, isRefreshing, onRefresh, onChoose } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const isNarrow = useIsNarrow();
  const listId = useId();
  const inputRef = useRef<HTMLInputElement>(null);
  const [query, setQuery] = useState('');
  const [filters, setFilters] = useState<ModelFilters>(noFilters);
  const [order, setOrder] = useState<ModelOrder>('best');
  const [view, setView] = useState<'list' | 'details' | 'comparison'>('list');
  const [comparedIds, setComparedIds] = useState<readonly string[]>([]);
  const { models: favorites } = useFavoriteModels();
  const recent = useRecentModels();
  const { ids: zeroRetentionIds } = useZeroRetention(filters.isZeroRetention);

  const families = useMemo(() => toFamilies(catalogue.models), [catalogue]);
  const search = useMemo(() => createModelSearch(families.map(({ model }) => model)), [families]);
  const authors = useMemo(() => authorsOf(families), [families]);
  const rows = useMemo(
    () => toRows({ families, search, query, filters, order, zeroRetentionIds, favorites, recent }),
    [families, search, query, filters, order, zeroRetentionIds, favorites, recent],
  );
  const found = useMemo(
    () => rows.flatMap((row) => (row.type === 'model' ? row.family : [])),
    [rows],
  );
  // `null` until somebody moves: then the chosen model is the one to start from.
  const [pointed, setPointed] = useState<number | null>(null);
  const start = found.findIndex(
    ({ model }) => chosenId !== null && baseIdOf(model.id) === baseIdOf(chosenId),
  );
  const active = Math.min(pointed ?? Math.max(0, start), found.length - 1);
  const activeFamily = found[active];
  const compared = comparedIds.flatMap((id) => families.find(({ model }) => model.id === id) ?? []);

  // The dialog focuses what it finds when it opens, which may be before this part has arrived.
  useEffect(() => inputRef.current?.focus(), []);

  const onFilter = useCallback((next: ModelFilters) => {
    setFilters(next);
    setPointed(0);
  }, []);
  const onOrder = useCallback((next: ModelOrder) => {
    setOrder(next);
    setPointed(0);
  }, []);
  const onQuery = useCallback((next: string) => {
    setQuery(next);
    setPointed(0);
  }, []);

  function toggleCompared(id: string) {
    const next = comparedIds.includes(id)
      ? comparedIds.filter((each) => each !== id)
      : [...comparedIds, id].slice(0, MAX_COMPARED);
    setComparedIds(next);
    if (next.length === 0 && view === 'comparison') setView('list');
  }

  function onKeyDown(event: KeyboardEvent) {
    const target = targetOf(event.key, active, found.length);
    if (target !== null) {
      event.preventDefault();
      setPointed(target);
      return;
    }
    if (event.key === 'Enter' && activeFamily && !event.nativeEvent.isComposing) {
      event.preventDefault();
      onChoose(activeFamily.model.id);
    }
  }

  const details = activeFamily && (
    <ModelDetails
      key={activeFamily.model.id}
      family={activeFamily}
      chosenId={chosenId}
      isCompared={comparedIds.includes(activeFamily.model.id)}
      canCompare={comparedIds.length < MAX_COMPARED}
      onChoose={onChoose}
      onCompare={() => toggleCompared(activeFamily.model.id)}
    />
  );
  const total = families.length;

  return (
    <>
      <div className="flex shrink-0 items-center gap-3 border-b border-line px-4">
        {view === 'list' ? (
          <Search size={18} aria-hidden="true" className="shrink-0 text-ink-faint" />
        ) : (
          <IconButton
            label={t('picker.back')}
            icon={<ArrowLeft size={18} />}
            onClick={() => {
              setView('list');
              inputRef.current?.focus();
            }}
            className="-ml-2"
          />
        )}
        <input
          ref={inputRef}
          type="text"
          role="combobox"
          aria-label={t('picker.search')}
          aria-expanded={found.length > 0 && view === 'list'}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={
            active >= 0 && view === 'list' ? optionId(listId, active) : undefined
          }
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          placeholder={t('picker.searchHint')}
          value={query}
          onChange={(event) => {
            setView('list');
            onQuery(event.target.value);
          }}
          onKeyDown={onKeyDown}
          className="h-14 min-w-0 flex-1 bg-transparent text-prose outline-none placeholder:text-ink-faint"
        />
        <DialogDismiss
          aria-label={t('common.close')}
          className="-mr-2 inline-flex size-9 shrink-0 items-center justify-center rounded-md text-ink-soft transition-colors hover:bg-hover hover:text-ink touch:size-11"
        >
          <X size={18} aria-hidden="true" />
        </DialogDismiss>
      </div>
      {view === 'comparison' && (
        <ModelComparison families={compared} onChoose={onChoose} onRemove={toggleCompared} />
      )}
      {view === 'details' && <div className="min-h-0 flex-1 overflow-y-auto">{details}</div>}
      {view === 'list' && (
        <>
          <FilterBar
            filters={filters}
            order={order}
            authors={authors}
            onFilter={onFilter}
            onOrder={onOrder}
          />
          <div className="flex min-h-0 flex-1">
            <div className="flex min-w-0 flex-1 flex-col">
              <div
                aria-hidden="true"
                className={`mr-13 ml-2 hidden gap-3 px-3 pt-2.5 text-tiny text-ink-faint ${COLUMNS} [&>*:not(:first-child)]:justify-self-end`}
              >
                <span>{t('picker.columnModel')}</span>
                <span>{t('picker.columnAbilities')}</span>
                <span>{t('picker.columnContext')}</span>
                <span>{t('picker.columnIn')}</span>
                <span>{t('picker.columnOut')}</span>
              </div>
              {found.length > 0 ? (
                <ModelList
                  id={listId}
                  rows={rows}
                  count={found.length}
                  activeIndex={active}
                  chosenId={chosenId}
                  isNarrow={isNarrow}
                  onPoint={setPointed}
                  onChoose={({ model }) => onChoose(model.id)}
                  onShowDetails={(index) => {
                    setPointed(index);
                    setView('details');
                  }}
                />
              ) : (
                <div className="flex-1 space-y-4 px-6 py-10 text-center text-ink-soft">
                  <p>
                    {query.trim() === ''
                      ? t('picker.nothingFiltered')
                      : t('picker.nothing', { query: query.trim() })}
                  </p>
                  {countFilters(filters) > 0 && (
                    <Button onClick={() => onFilter(noFilters)}>{t('picker.resetFilters')}</Button>
                  )}
                </div>
              )}
            </div>
          </div>
        </>
      )}
      <div className="flex shrink-0 flex-wrap items-center gap-x-2 border-t border-line py-1.5 pr-2 pl-4 text-small text-ink-faint">
        <p role="status" className="mr-auto">
          {found.length < total
            ? t('picker.countOf', { shown: format.count(found.length), total: format.count(total) })
            : t('picker.count', { count: total })}
        </p>
        {offersAuto && (
          <AutoRouterSwitch
            isOn={chosenId === AUTO}
            onToggle={(isOn) => {
              const other = recent.find((id) => id !== AUTO) ?? null;
              if (isOn) onChoose(AUTO);
              else if (other) onChoose(other);
              else onQuery('');
            }}
          />
        )}
        {view === 'list' && activeFamily && (
          <Button look="quiet" onClick={() => setView('details')}>
            {t('picker.details')}
          </Button>
        )}
        {compared.length > 0 && view !== 'comparison' && (
          <Button onClick={() => setView('comparison')}>
            {t('picker.compareCount', { count: compared.length })}
          </Button>
        )}
        <p className="hidden sm:block">
          {catalogue.readAtMs !== null &&
            t(catalogue.isStale ? 'picker.staleListOf' : 'picker.listOf', {
              time: format.time(catalogue.readAtMs),
            })}
        </p>
        <IconButton
          label={t('picker.refresh')}
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
