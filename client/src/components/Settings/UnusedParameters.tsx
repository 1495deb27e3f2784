import { useTranslation } from 'react-i18next';
import { unusedParameters, withoutUnused } from '../../settings/unused-parameters.ts';
import { Button } from '../ui/Button.tsx';
import { Note } from './Note.tsx';
import type { ParameterProps } from './section-props.ts';

/** What is set although the model does nothing with it, each with a way to take it out. */
export function UnusedParameters({ model, parameters, onChange }: ParameterProps) {
  const { t } = useTranslation();
  const unused = unusedParameters(parameters, model);
  if (unused.length === 0) return null;
  return (
    <Note>
      <p className="font-medium">{t('settings.unusedTitle')}</p>
      <p className="text-ink-soft">{t('settings.unusedHint')}</p>
      <ul className="mt-1">
        {unused.map(({ name, value }) => (
          <li key={name} className="flex min-h-9 items-center gap-2 touch:min-h-11">
            <span className="min-w-0 flex-1">
              {t(`settings.${name}`)}{' '}
              <span className="font-mono text-tiny text-ink-soft">{value}</span>
            </span>
            <Button
              look="quiet"
              aria-label={t('settings.remove', { name: t(`settings.${name}`) })}
              onClick={() => onChange(withoutUnused(parameters, name, model))}
            >
              {t('settings.removeShort')}
            </Button>
          </li>
        ))}
      </ul>
    </Note>
  );
}
