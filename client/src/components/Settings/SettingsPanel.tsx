import type { AnswerSettings } from '@openrouter-native/react';
import { RotateCcw } from 'lucide-react';
import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { countAll, sectionsOf, type FormSettings } from '../../settings/summary.ts';
import { Button } from '../ui/Button.tsx';
import { DialogClose } from '../ui/DialogClose.tsx';
import { AnswerSettingsForm } from './AnswerSettingsForm.tsx';
import { PresetFields } from './PresetFields.tsx';
import { Section } from './Section.tsx';
import { TypedTextsContext, type TypedTexts } from './typed-texts.ts';

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
  /** Given the heading, to put the focus there. */
  headingRef: (heading: HTMLElement | null) => void;
  onClose: () => void;
}

/** How the next answer of a conversation is given. Drawn anew only when that changes. */
export const SettingsPanel = memo(function SettingsPanel(props: SettingsPanelProps) {
  const { settings, onChange, typed, headingRef, onClose } = props;
  const { t } = useTranslation();
  const [latest, setLatest] = useState<{ news: News | null; about: TypedTexts } | null>(null);
  const news = latest?.about === typed ? latest.news : null; // Not of another conversation.
  const setNews = (next: News | null) => setLatest({ news: next, about: typed });
  const agentId = settings.agent_id ?? null;
  const count = countAll(settings);

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
        <h2 ref={headingRef} tabIndex={-1} className="flex-1 text-body font-semibold outline-none">
          {t('settings.title')}
        </h2>
        {count > 0 && agentId === null && (
          <Button look="quiet" onClick={() => replace(DEFAULTS, t('settings.resetDone'))}>
            <RotateCcw size={14} aria-hidden="true" />
            {t('settings.resetAll')}
          </Button>
        )}
        <DialogClose onClose={onClose} />
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
          sections={sectionsOf(settings)}
          openSection={agentId === null ? 'parameters' : 'limits'}
          usesTools={agentId !== null}
          isWithAgent={agentId !== null}
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
