import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { capabilitiesOf } from '../../models/facts.ts';
import { shortName } from '../../models/facts.ts';
import type { ModelFamily } from '../../models/families.ts';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { factsOf } from './model-facts.ts';
import { usePriceText } from './usePriceText.ts';

/** Up to three models side by side. */
export function ModelComparison({
  families,
  onChoose,
  onRemove,
}: {
  families: readonly ModelFamily[];
  onChoose: (id: string) => void;
  onRemove: (id: string) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const priceText = usePriceText();
  const columns = families.map(({ model }) => {
    const facts = factsOf(model, t, format);
    return new Map([
      [t('picker.columnIn'), priceText(model.pricing.prompt)],
      [t('picker.columnOut'), priceText(model.pricing.completion)],
      ...facts.map(({ label, value }) => [label, value] as const),
      [
        t('picker.columnAbilities'),
        format.list(capabilitiesOf(model).map((capability) => t(`picker.${capability}`))),
      ],
    ]);
  });
  const labels = [...new Set(columns.flatMap((column) => [...column.keys()]))];
  return (
    <div
      role="region"
      aria-label={t('picker.comparison')}
      tabIndex={0}
      className="min-h-0 flex-1 overflow-auto p-4"
    >
      <table className="w-full min-w-120 text-small tabular-nums [&_td]:p-2.5 [&_td]:align-top [&_th]:p-2.5 [&_th]:text-left [&_th]:align-top">
        <caption className="sr-only">{t('picker.comparison')}</caption>
        <thead>
          <tr>
            <td />
            {families.map(({ model }) => (
              <th key={model.id} scope="col" className="min-w-40">
                <span className="flex items-start justify-between gap-1">
                  <span>
                    <span className="block font-semibold">{shortName(model)}</span>
                    <span className="block font-mono text-tiny font-normal wrap-anywhere text-ink-faint">
                      {model.id}
                    </span>
                  </span>
                  <IconButton
                    label={t('picker.removeFromComparison')}
                    icon={<X size={15} />}
                    onClick={() => onRemove(model.id)}
                    className="-mt-2"
                  />
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {labels.map((label) => (
            <tr key={label} className="border-t border-line">
              <th scope="row" className="font-normal text-ink-faint">
                {label}
              </th>
              {columns.map((column, index) => (
                <td key={families[index]?.model.id}>{column.get(label) || t('common.unknown')}</td>
              ))}
            </tr>
          ))}
          <tr className="border-t border-line">
            <td />
            {families.map(({ model }) => (
              <td key={model.id}>
                <Button onClick={() => onChoose(model.id)}>{t('picker.choose')}</Button>
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </div>
  );
}
