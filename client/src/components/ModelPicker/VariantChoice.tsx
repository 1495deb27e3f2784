import { useTranslation } from 'react-i18next';
import { idOf, variantsOf, type ModelFamily } from '../../models/families.ts';
import { variantTexts } from './variant-texts.ts';

/** The ways to ask for one model; each chooses it. Nothing where there is only one. */
export function VariantChoice({
  family,
  chosenId,
  onChoose,
}: {
  family: ModelFamily;
  chosenId: string | null;
  onChoose: (id: string) => void;
}) {
  const { t } = useTranslation();
  const variants = variantsOf(family);
  if (variants.length < 2) return null;
  return (
    <section aria-label={t('picker.variant')} className="space-y-1.5">
      <h3 className="text-tiny font-medium text-ink-faint">{t('picker.variant')}</h3>
      <ul className="space-y-0.5">
        {variants.map((variant) => {
          const [name, hint] = variantTexts[variant];
          const id = idOf(family, variant);
          return (
            <li key={variant}>
              <button
                type="button"
                aria-pressed={id === chosenId}
                onClick={() => onChoose(id)}
                className="w-full rounded-md px-2.5 py-1.5 text-left text-small hover:bg-hover aria-pressed:bg-accent-soft aria-pressed:text-accent-ink touch:min-h-11"
              >
                <span className="font-medium">{t(name)}</span>{' '}
                <span className="text-ink-faint">{t(hint)}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
