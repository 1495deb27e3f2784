import type { ErrorBody, Preset } from '@openrouter-native/protocol';
import { toApiError, usePresets, type AnswerSettings } from '@openrouter-native/react';
import { useId, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useServices } from '../../services-context.ts';
import { fromPreset, isInForce, toPresetFields } from '../../settings/preset-settings.ts';
import { Button } from '../ui/Button.tsx';
import { ErrorCard } from '../ui/ErrorCard.tsx';
import { controlClass } from './field-style.ts';
import { PresetRow } from './PresetRow.tsx';
import { useTypedText } from './typed-texts.ts';

const MAX_TITLE_LENGTH = 200;

/** Settings kept under names: used, saved, overwritten, renamed, deleted. */
export function PresetFields({
  settings,
  onApply,
}: {
  settings: AnswerSettings;
  onApply: (change: Partial<AnswerSettings>, news: string) => void;
}) {
  const { t } = useTranslation();
  const id = useId();
  const { defaultPreset } = useServices();
  const { presets, error, save, remove, reload } = usePresets();
  const defaultId = useSyncExternalStore(defaultPreset.subscribe, defaultPreset.get);
  const [name, setName] = useTypedText('preset-name', '');
  const [news, setNews] = useState('');
  const [failure, setFailure] = useState<ErrorBody['error'] | null>(null);
  const title = name.trim();

  async function attempt(action: () => Promise<unknown>, done: string): Promise<void> {
    setFailure(null);
    try {
      await action();
      setNews(done);
    } catch (cause) {
      setFailure(toApiError(cause).details);
    }
  }

  /** A name that exists already is overwritten by its menu only. */
  async function saveNew() {
    if (title === '') return;
    const fields = toPresetFields(title, settings);
    await attempt(
      async () => {
        await save(null, fields);
        setName('', '');
      },
      t('settings.presetSaved', { name: title }),
    );
  }

  async function removeOne(preset: Preset) {
    await attempt(
      async () => {
        await remove(preset.presetId);
        if (defaultId === preset.presetId) defaultPreset.set(null);
      },
      t('settings.presetDeleted', { name: preset.title }),
    );
  }

  return (
    <>
      {error && !presets && <ErrorCard error={error.details} onRetry={reload} />}
      {!presets && !error && (
        <p role="status" className="text-small text-ink-faint">
          {t('settings.presetsLoading')}
        </p>
      )}
      {presets?.length === 0 && (
        <p className="text-small text-ink-soft">{t('settings.presetsNone')}</p>
      )}
      {presets && presets.length > 0 && (
        <ul aria-label={t('settings.presets')} className="-mx-2 space-y-0.5">
          {presets.map((preset) => (
            <PresetRow
              key={preset.presetId}
              preset={preset}
              isInForce={isInForce(preset, settings)}
              isDefault={preset.presetId === defaultId}
              onApply={() =>
                onApply(fromPreset(preset), t('settings.presetApplied', { name: preset.title }))
              }
              onUpdate={() =>
                void attempt(
                  () => save(preset.presetId, toPresetFields(preset.title, settings)),
                  t('settings.presetSaved', { name: preset.title }),
                )
              }
              onRename={(next) =>
                attempt(
                  () => save(preset.presetId, { ...preset, title: next }),
                  t('settings.presetSaved', { name: next }),
                )
              }
              onDefault={(isDefault) => defaultPreset.set(isDefault ? preset.presetId : null)}
              onDelete={() => void removeOne(preset)}
            />
          ))}
        </ul>
      )}
      {failure && <ErrorCard error={failure} onDismiss={() => setFailure(null)} announce />}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void saveNew();
        }}
        className="space-y-1"
      >
        <label htmlFor={id} className="block text-small font-medium">
          {t('settings.presetName')}
        </label>
        <span className="flex gap-1.5">
          <input
            id={id}
            type="text"
            autoComplete="off"
            maxLength={MAX_TITLE_LENGTH}
            aria-describedby={`${id}-hint`}
            placeholder={t('settings.presetNamePlaceholder')}
            value={name}
            onChange={(event) => setName(event.target.value, '')}
            className={`${controlClass} min-w-0 flex-1`}
          />
          <Button type="submit" aria-disabled={title === ''}>
            {t('common.save')}
          </Button>
        </span>
        <p id={`${id}-hint`} className="text-tiny text-ink-faint">
          {t('settings.presetsHint')}
        </p>
      </form>
      <p role="status" className="sr-only">
        {news}
      </p>
    </>
  );
}
