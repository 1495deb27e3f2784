import { useModels } from '@openrouter-native/react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { baseIdOf } from '../../models/families.ts';
import { useModelIndex } from '../../models/useModelIndex.ts';
import {
  countSettings,
  settingsSections,
  type FormSettings,
  type SettingsSection,
} from '../../settings/summary.ts';
import { ErrorCard } from '../ui/ErrorCard.tsx';
import { FallbackFields } from './FallbackFields.tsx';
import { LimitFields } from './LimitFields.tsx';
import { Note } from './Note.tsx';
import { ParameterFields } from './ParameterFields.tsx';
import { ProviderFields } from './ProviderFields.tsx';
import { ReasoningFields } from './ReasoningFields.tsx';
import { SearchFields } from './SearchFields.tsx';
import { Section } from './Section.tsx';
import { SystemField } from './SystemField.tsx';
import { TypedTextsContext, type TypedTexts } from './typed-texts.ts';

/** How an answer is given, as fields. Of a conversation or of an agent: it knows of neither. */
export interface AnswerSettingsFormProps {
  /** Id of the model that answers, with its variant; `null` when none is chosen. */
  model: string | null;
  value: FormSettings;
  /** Told at once of everything that is valid; only what changed is in it. `null` is taken back. */
  onChange: (change: Partial<FormSettings>) => void;
  /** Which parts are shown, in this order. @defaultValue all of them */
  sections?: readonly SettingsSection[];
  /** Which one is open at first. @defaultValue none */
  openSection?: SettingsSection;
  /** Functions are sent along, as with an agent's tools, so that whoever answers has to know tools. */
  usesTools?: boolean;
  /** An agent answers, whose limits hold where none is set. */
  isWithAgent?: boolean;
  /** What stands in the fields, to outlive the form; a new map for every conversation or agent. */
  typed?: TypedTexts;
}

/** The fields for everything that a chat request can say beside the question. */
export function AnswerSettingsForm(props: AnswerSettingsFormProps) {
  const { model: modelId, value, onChange, sections = settingsSections, openSection } = props;
  const { t } = useTranslation();
  const [ownTyped] = useState<TypedTexts>(() => new Map());
  const counts = countSettings(value);
  return (
    <TypedTextsContext value={props.typed ?? ownTyped}>
      {sections.map((section) => (
        <Section
          key={section}
          title={t(`settings.${section}`)}
          count={counts[section]}
          isOpenAtFirst={section === openSection}
        >
          {section === 'system' && (
            <SystemField
              value={value.promptPrefix ?? ''}
              onChange={(promptPrefix) => onChange({ promptPrefix })}
            />
          )}
          {section === 'limits' && (
            <LimitFields
              value={value}
              onChange={onChange}
              hasRecursion={props.usesTools ?? false}
              isOfAgent={props.isWithAgent ?? false}
            />
          )}
          {section !== 'system' && section !== 'limits' && (
            <RequestFields
              section={section}
              modelId={modelId}
              value={value}
              onChange={onChange}
              usesTools={props.usesTools ?? false}
            />
          )}
        </Section>
      ))}
    </TypedTextsContext>
  );
}

interface RequestFieldsProps {
  section: Exclude<SettingsSection, 'system' | 'limits'>;
  modelId: string | null;
  value: FormSettings;
  onChange: (change: Partial<FormSettings>) => void;
  usesTools: boolean;
}

/** A part that fits itself to the model. */
function RequestFields({ section, modelId, value, onChange, usesTools }: RequestFieldsProps) {
  const { t } = useTranslation();
  const { data: catalogue, error, refresh } = useModels();
  const { byId } = useModelIndex();
  if (modelId === null) {
    return <p className="text-small text-ink-soft">{t('settings.noModel')}</p>;
  }
  if (!catalogue) {
    return error ? (
      <ErrorCard error={error.details} onRetry={() => void refresh()} />
    ) : (
      <p role="status" className="text-small text-ink-faint">
        {t('picker.loading')}
      </p>
    );
  }
  const model = byId.get(modelId) ?? byId.get(baseIdOf(modelId));
  const fields = {
    modelId,
    model,
    parameters: value.model_parameters ?? {},
    onChange: (parameters: Readonly<Record<string, unknown>>) =>
      onChange({ model_parameters: { ...parameters } }),
  };
  return (
    <>
      {!model && <Note>{t('settings.unknownModel')}</Note>}
      {section === 'parameters' && <ParameterFields {...fields} />}
      {section === 'reasoning' && <ReasoningFields {...fields} />}
      {section === 'search' && <SearchFields {...fields} />}
      {section === 'fallbacks' && <FallbackFields {...fields} />}
      {section === 'providers' && <ProviderFields {...fields} usesTools={usesTools} />}
    </>
  );
}
