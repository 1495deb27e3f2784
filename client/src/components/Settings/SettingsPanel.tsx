import { Heading, HeadingLevel } from '@ariakit/react';
import type { AnswerSettings } from '@openrouter-native/react';
import { RotateCcw, X } from 'lucide-react';
import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { countAll, settingsSections, type FormSettings } from '../../settings/summary.ts';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { AnswerSettingsForm } from './AnswerSettingsForm.tsx';
import { PresetFields } from './PresetFields.tsx';
import { Section } from './Section.tsx';
import { TypedTextsContext, type TypedTexts } from './typed-texts.ts';

/** What an agent leaves to the conversation. */
const OF_AGENTS = ['limits'] as const;
const DEFAULTS: FormSettings = { promptPrefix: null, model_parameters: {}, spending_limit: null };

/** What was just done, and the way back. */
export interface News {
  text: string;
  /** `null` when there is nothing to take back. */
  undo: (() => void) | null;
}

export interface SettingsPanelProps {
  settings: AnswerSettings;
  onChange: (change: Partial<AnswerSettings>) => void;
  /** Of this conversation. */
  typed: TypedTexts;
  onClose: () => void;
}

/** How the next answer of a conversation is given. Drawn anew only when that changes. */
export const SettingsPanel = memo(function SettingsPanel(props: SettingsPanelProps) {
  const { settings, onChange, typed, onClose } = props;
  const { t } = useTranslation();
  const [news, setNews] = useState<News | null>(null);
  const agentId = settings.agent_id ?? null;
  const sections = agentId === null ? settingsSections : OF_AGENTS;
  const count = countAll(settings, sections);

  /** Replaces more than one setting, and can be taken back. */
  function replace(change: Partial<AnswerSettings>, text: string) {
    const { model, promptPrefix, model_parameters: parameters, spending_limit: limit } = settings;
    const old = {
      ...('model' in change && { model }),
      promptPrefix: promptPrefix ?? null,
      model_parameters: parameters ?? {},
      spending_limit: limit ?? null,
    };
    typed.clear();
    onChange(change);
    setNews({
      text,
      undo() {
        typed.clear();
        onChange(old);
        setNews(null);
      },
    });
  }

  function set(change: Partial<FormSettings>) {
    setNews(null);
    onChange(agentId === null ? change : withoutNull(change));
  }

  return (
    <div className="flex h-full min-h-0 flex-col bg-canvas">
      <div className="flex h-14 shrink-0 items-center gap-2 border-b border-line pr-2 pl-4">
        <HeadingLevel level={2}>
          <Heading className="flex-1 text-body font-semibold">{t('settings.title')}</Heading>
        </HeadingLevel>
        {count > 0 && agentId === null && (
          <Button look="quiet" onClick={() => replace(DEFAULTS, t('settings.resetDone'))}>
            <RotateCcw size={14} aria-hidden="true" />
            {t('settings.resetAll')}
          </Button>
        )}
        <IconButton label={t('common.close')} icon={<X size={18} />} onClick={onClose} />
      </div>
      <p role="status" className="empty:hidden">
        {news && (
          <span className="flex min-h-11 items-center gap-2 border-b border-line bg-sunken pr-2 pl-4 text-small">
            <span className="min-w-0 flex-1">{news.text}</span>
            {news.undo && (
              <Button look="quiet" onClick={news.undo}>
                {t('settings.undo')}
              </Button>
            )}
          </span>
        )}
      </p>
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
        {agentId === null ? (
          <p className="px-4 pt-3 pb-2 text-tiny text-ink-faint">{t('settings.forNext')}</p>
        ) : (
          <p className="px-4 py-3 text-small text-ink-soft">
            {t('settings.agent')}{' '}
            <Link
              to={`/agents/${encodeURIComponent(agentId)}`}
              className="text-accent-ink underline underline-offset-2"
            >
              {t('settings.agentEdit')}
            </Link>
          </p>
        )}
        {agentId === null && (
          <TypedTextsContext value={typed}>
            <Section title={t('settings.presets')} count={0}>
              <PresetFields settings={settings} onApply={replace} onNews={setNews} />
            </Section>
          </TypedTextsContext>
        )}
        <AnswerSettingsForm
          model={settings.model ?? null}
          value={settings}
          onChange={set}
          sections={sections}
          openSection={agentId === null ? 'parameters' : 'limits'}
          usesTools={agentId !== null}
          typed={typed}
        />
      </div>
    </div>
  );
});

/** `null` would lift a limit of the agent; not to say anything leaves it in force. */
function withoutNull(change: Partial<FormSettings>): Partial<AnswerSettings> {
  return Object.fromEntries(
    Object.entries(change).map(([name, value]) => [name, value ?? undefined]),
  );
}
