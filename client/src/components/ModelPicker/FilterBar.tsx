import { X } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import type { Capability } from '../../models/facts.ts';
import {
  countFilters,
  modelOrders,
  noFilters,
  type ModelFilters,
  type ModelOrder,
} from '../../models/filters.ts';

const CAPABILITY_FILTERS = [
  ['vision', 'picker.filterVision'],
  ['tools', 'picker.filterTools'],
  ['reasoning', 'picker.filterReasoning'],
  ['images', 'picker.filterImages'],
  ['files', 'picker.filterFiles'],
  ['audio', 'picker.filterAudio'],
] as const satisfies [Capability, string][];
const CONTEXTS = [32_000, 128_000, 200_000, 1_000_000];
const PRICES = [0.1, 0.5, 1, 3, 10];
const ORDER_TEXTS = {
  best: 'picker.orderBest',
  newest: 'picker.orderNewest',
  name: 'picker.orderName',
  price: 'picker.orderPrice',
  context: 'picker.orderContext',
} as const satisfies Record<ModelOrder, string>;

export interface FilterBarProps {
  filters: ModelFilters;
  order: ModelOrder;
  authors: readonly { author: string; count: number }[];
  onFilter: (filters: ModelFilters) => void;
  onOrder: (order: ModelOrder) => void;
}

/** What narrows the list and how it is sorted, in one line that scrolls where there is no room. */
export const FilterBar = memo(function FilterBar(props: FilterBarProps) {
  const { filters, order, authors, onFilter, onOrder } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const set = (change: Partial<ModelFilters>) => onFilter({ ...filters, ...change });
  const toggleCapability = (capability: Capability) =>
    set({
      capabilities: filters.capabilities.includes(capability)
        ? filters.capabilities.filter((each) => each !== capability)
        : [...filters.capabilities, capability],
    });
  return (
    <div
      role="group"
      aria-label={t('picker.filters')}
      className="flex shrink-0 items-center gap-1.5 overflow-x-auto border-b border-line px-4 py-2 [scrollbar-width:none] sm:flex-wrap sm:overflow-visible"
    >
      <Choice
        label={t('picker.order')}
        value={order}
        onChange={(value) => onOrder(modelOrders.find((each) => each === value) ?? 'best')}
      >
        {modelOrders.map((each) => (
          <option key={each} value={each}>
            {t(ORDER_TEXTS[each])}
          </option>
        ))}
      </Choice>
      <Toggle isOn={filters.isFree} onToggle={() => set({ isFree: !filters.isFree })}>
        {t('picker.filterFree')}
      </Toggle>
      {CAPABILITY_FILTERS.map(([capability, text]) => (
        <Toggle
          key={capability}
          isOn={filters.capabilities.includes(capability)}
          onToggle={() => toggleCapability(capability)}
        >
          {t(text)}
        </Toggle>
      ))}
      <Toggle
        isOn={filters.isZeroRetention}
        title={t('picker.filterZeroRetentionHint')}
        onToggle={() => set({ isZeroRetention: !filters.isZeroRetention })}
      >
        {t('picker.filterZeroRetention')}
      </Toggle>
      <Choice
        label={t('picker.author')}
        value={filters.author ?? ''}
        onChange={(author) => set({ author: author || null })}
      >
        <option value="">{t('picker.anyAuthor')}</option>
        {authors.map(({ author, count }) => (
          <option key={author} value={author}>
            {`${author} (${format.count(count)})`}
          </option>
        ))}
      </Choice>
      <Choice
        label={t('picker.minContext')}
        value={String(filters.minContext ?? '')}
        onChange={(value) => set({ minContext: value === '' ? null : Number(value) })}
      >
        <option value="">{t('picker.anyContext')}</option>
        {CONTEXTS.map((tokens) => (
          <option key={tokens} value={tokens}>
            {t('picker.contextAtLeast', { tokens: format.tokens(tokens) })}
          </option>
        ))}
      </Choice>
      <Choice
        label={t('picker.maxPrice')}
        value={String(filters.maxPromptPrice ?? '')}
        onChange={(value) => set({ maxPromptPrice: value === '' ? null : Number(value) })}
      >
        <option value="">{t('picker.anyPrice')}</option>
        {PRICES.map((price) => (
          <option key={price} value={price}>
            {t('picker.priceAtMost', { price: format.price(price) })}
          </option>
        ))}
      </Choice>
      {countFilters(filters) > 0 && (
        <button
          type="button"
          onClick={() => onFilter(noFilters)}
          className="inline-flex min-h-8 shrink-0 items-center gap-1 rounded-full px-2.5 text-small text-ink-soft hover:bg-hover hover:text-ink touch:min-h-11"
        >
          <X size={14} aria-hidden="true" />
          {t('picker.resetFilters')}
        </button>
      )}
    </div>
  );
});

function Toggle({
  isOn,
  onToggle,
  title,
  children,
}: {
  isOn: boolean;
  onToggle: () => void;
  title?: string;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      aria-pressed={isOn}
      title={title}
      onClick={onToggle}
      className="inline-flex min-h-8 shrink-0 items-center rounded-full border border-line px-3 text-small whitespace-nowrap text-ink-soft transition-colors hover:border-line-strong hover:text-ink aria-pressed:border-transparent aria-pressed:bg-accent-soft aria-pressed:font-medium aria-pressed:text-accent-ink touch:min-h-11"
    >
      {children}
    </button>
  );
}

function Choice({
  label,
  value,
  onChange,
  children,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  children: ReactNode;
}) {
  return (
    <select
      aria-label={label}
      title={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      className="min-h-8 max-w-44 shrink-0 rounded-full border border-line bg-surface pr-1 pl-2.5 text-small text-ink-soft hover:border-line-strong touch:min-h-11"
    >
      {children}
    </select>
  );
}
