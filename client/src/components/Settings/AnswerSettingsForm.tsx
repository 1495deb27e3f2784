import {
  settingsSections,
  type FormSettings,
  type SettingsSection,
} from '../../settings/summary.ts';

/** How an answer is given, as fields. Of a conversation or of an agent: it knows of neither. */
export interface AnswerSettingsFormProps {
  /** Id of the model that answers, with its variant; `null` when none is chosen. */
  model: string | null;
  value: FormSettings;
  /** Told at once of everything that is valid; only what changed is in it. */
  onChange: (change: Partial<FormSettings>) => void;
  /** Which parts are shown, in this order. @defaultValue all of them */
  sections?: readonly SettingsSection[];
  /** Functions are sent along, as with an agent's tools, so that whoever answers has to know tools. */
  usesTools?: boolean;
}

/** The fields for everything that a chat request can say beside the question. */
export function AnswerSettingsForm({ sections = settingsSections }: AnswerSettingsFormProps) {
  return sections.map((section) => <section key={section} />);
}
