import { Select, SelectItem, SelectItemCheck, SelectPopover, SelectProvider } from '@ariakit/react';
import { ChevronDown } from 'lucide-react';
import { useTranslation } from 'react-i18next';

/** One entry of the provider dropdown. */
export interface Provider {
  id: string;
  label: string;
  /** One line about it. */
  hint: string;
}

/** Who answers. Lists what the host offers and nothing else. */
export function ProviderSelect({
  providers,
  value,
  onChange,
}: {
  providers: readonly Provider[];
  /** Id of the one that is chosen. */
  value: string;
  onChange: (id: string) => void;
}) {
  const { t } = useTranslation();
  const current = providers.find(({ id }) => id === value);
  return (
    <SelectProvider value={value} setValue={onChange}>
      <Select
        aria-label={t('common.providerLabel', {
          provider: current?.label ?? t('common.noProvider'),
        })}
        className="inline-flex min-h-9 shrink-0 items-center gap-1.5 rounded-md px-2.5 text-body transition-colors hover:bg-hover aria-expanded:bg-hover touch:min-h-11"
      >
        {current?.label ?? t('common.noProvider')}
        <ChevronDown size={16} aria-hidden="true" className="text-ink-faint" />
      </Select>
      <SelectPopover
        gutter={6}
        unmountOnHide
        className="z-40 min-w-64 animate-enter rounded-lg border border-line bg-surface p-1.5 shadow-float outline-none"
      >
        {providers.map(({ id, label, hint }) => (
          <SelectItem
            key={id}
            value={id}
            className="flex min-h-11 cursor-pointer items-center gap-3 rounded-md px-3 py-2 data-active-item:bg-hover"
          >
            <span className="flex-1">
              <span className="block font-medium">{label}</span>
              <span className="block text-small text-ink-faint">{hint}</span>
            </span>
            <SelectItemCheck />
          </SelectItem>
        ))}
      </SelectPopover>
    </SelectProvider>
  );
}
