import type { ErrorBody, Preset, PresetFields as Fields } from '@openrouter-native/protocol';
import { toApiError, usePresets, type AnswerSettings } from '@openrouter-native/react';
import { useId, useRef, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useServices } from '../../services-context.ts';
import { fromPreset, isInForce, toPresetFields } from '../../settings/preset-settings.ts';
import { Button } from '../ui/Button.tsx';
import { ErrorCard } from '../ui/ErrorCard.tsx';
import { controlClass } from './field-style.ts';
import { PresetRow } from './PresetRow.tsx';
import type { News } from './SettingsPanel.tsx';
import { useTypedText } from './typed-texts.ts';

const MAX_TITLE_LENGTH = 200;

/** Settings kept under names: used, saved, overwritten, renamed, deleted. */
export function PresetFields({
  settings,
  onApply,
  onNews,
}: {
  settings: AnswerSettings;
  onApply: (change: Partial<AnswerSettings>, news: string) => void;
  onNews: (news: News | null) => void;
}) {
  const { t } = useTranslation();
  const id = useId();
  const ref = useRef<HTMLDivElement>(null);
  const { defaultPreset } = useServices();
  const { presets, error, save, remove, reload } = usePresets();
  const defaultId = useSyncExternalStore(defaultPreset.subscribe, defaultPreset.get);
  const [name, setName] = useTypedText('preset-name', '');
  const [failure, setFailure] = useState<ErrorBody['error'] | null>(null);
  const title = name.trim();

  async function attempt(action: () => Promise<News | null>): Promise<void> {
    setFailure(null);
    try {
      onNews(await action());
    } catch (cause) {
      setFailure(toApiError(cause).details);
    }
  }

  function saveNew() {
    if (title === '') return;
    void attempt(async () => {
      await save(null, toPresetFields(title, settings));
      setName('', '');
      return { text: t('settings.presetSaved', { name: title }), undo: null };
    });
  }

  /** Undoing an overwriting writes what was there before. */
  function overwrite(preset: Preset, fields: Fields) {
    return attempt(async () => {
      await save(preset.presetId, fields);
      return {
        text: t('settings.presetSaved', { name: fields.title }),
        undo() {
          void attempt(async () => {
            await save(preset.presetId, fieldsOf(preset));
            return null;
          });
        },
      };
    });
  }

  function removeOne(preset: Preset) {
    const isDefault = defaultId === preset.presetId;
    return attempt(async () => {
      await remove(preset.presetId);
      if (isDefault) defaultPreset.set(null);
      ref.current?.focus(); // What had the focus is gone.
      return {
        text: t('settings.presetDeleted', { name: preset.title }),
        undo() {
          void attempt(async () => {
            const { presetId } = await save(null, fieldsOf(preset));
            if (isDefault) defaultPreset.set(presetId);
            return null;
          });
        },
      };
    });
  }

  return (
    <div ref={ref} tabIndex={-1} className="space-y-5 outline-none">
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
              onUpdate={() => void overwrite(preset, toPresetFields(preset.title, settings))}
              onRename={(next) => overwrite(preset, { ...fieldsOf(preset), title: next })}
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
          saveNew();
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
          <Button type="submit" aria-disabled={title === ''} className="touch:min-w-11">
            {t('common.save')}
          </Button>
        </span>
        <p id={`${id}-hint`} className="text-tiny text-ink-faint">
          {t('settings.presetsHint')}
        </p>
      </form>
    </div>
  );
}

function fieldsOf({ title, model, promptPrefix, ...preset }: Preset): Fields {
  const { model_parameters: parameters, spending_limit: limit } = preset;
  return { title, model, promptPrefix, model_parameters: parameters, spending_limit: limit };
}
