import type { Agent, ErrorBody, HostConfig, User } from '@openrouter-native/protocol';
import {
  agentFieldNames,
  emptyDraft,
  toApiError,
  useAgentActions,
  useAgentForm,
} from '@openrouter-native/react';
import { ArrowLeft, FlaskConical, History, Save } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useLeaveGuard } from '../../agents/useLeaveGuard.ts';
import { useChosenModel } from '../../models/useChosenModel.ts';
import { useUnsentAgent } from '../../unsent/useUnsentAgent.ts';
import { Header } from '../Header/Header.tsx';
import { SkipLink } from '../SkipLink.tsx';
import { Button, buttonClass } from '../ui/Button.tsx';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { ErrorCard } from '../ui/ErrorCard.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { BuilderForm } from './BuilderForm.tsx';
import { BuilderMenu } from './BuilderMenu.tsx';
import { fieldId } from './field-id.ts';
import { SaveState } from './SaveState.tsx';
import { TestPane } from './TestPane.tsx';
import { useFieldErrors } from './useFieldErrors.ts';
import { VersionsDialog } from './VersionsDialog.tsx';

/** An agent being written, and the conversation in which it is tried. */
export interface AgentBuilderProps {
  config: HostConfig;
  user: User;
  /** As it is saved; `null` for a new one. */
  agent: Agent | null;
  /** A new one has got its id. */
  onCreated: (agent: Agent) => void;
}

/** The form and the test beside it; below it on a narrow screen. */
export function AgentBuilder({ config, user, agent, onCreated }: AgentBuilderProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [lastModel] = useChosenModel();
  const [initial] = useState(() => emptyDraft('openrouter', lastModel));
  const { form, saved, draft, changed, isSaving, problems, refused, failure } = useAgentForm(
    agent,
    initial,
  );
  useUnsentAgent(form, { saved, draft, changed });
  const { duplicate, remove, revert } = useAgentActions();
  const errorOf = useFieldErrors({ problems, refused });
  const isDirty = changed.length > 0;
  const guard = useLeaveGuard(isDirty);
  const [opened, setOpened] = useState<'versions' | 'delete' | null>(null);
  const [mishap, setMishap] = useState<ErrorBody['error'] | null>(null);
  const name = draft.name.trim() || t(saved ? 'chat.agentUnnamed' : 'agents.new');

  async function save(): Promise<Agent | null> {
    setMishap(null);
    const isNew = form.getSnapshot().saved === null;
    const result = await form.save();
    if (result && isNew) onCreated(result);
    if (!result) focusFirstError(form.getSnapshot());
    return result;
  }

  const saveLatest = useRef(save);
  useEffect(() => {
    saveLatest.current = save;
  });
  /** The same function throughout, so that the test is not drawn anew with each letter. */
  const saveAndTry = useCallback(async () => {
    if (await saveLatest.current()) focusTest();
  }, []);

  async function attempt(action: Promise<void>) {
    setMishap(null);
    try {
      await action;
    } catch (cause) {
      setMishap(toApiError(cause).details);
    }
  }

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.key.toLowerCase() !== 's' || !(event.ctrlKey || event.metaKey)) return;
      if (event.altKey || event.shiftKey) return;
      event.preventDefault();
      void save();
    }
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  });

  const isPlaced = Object.keys({ ...problems, ...refused }).length > 0;
  const shownFailure = mishap ?? (isPlaced ? null : failure);
  return (
    <div className="flex h-dvh flex-col">
      <title>{`${name} · ${config.appTitle}`}</title>
      <SkipLink targetId="agent-form">{t('agents.skipToForm')}</SkipLink>
      <Header
        appTitle={config.appTitle}
        user={user}
        actions={
          <>
            {saved && (
              <>
                <span className="hidden sm:contents">
                  <IconButton
                    label={t('agents.versions')}
                    icon={<History size={18} />}
                    onClick={() => setOpened('versions')}
                  />
                </span>
                <span className="contents lg:hidden">
                  <IconButton
                    label={t('agents.toTest')}
                    icon={<FlaskConical size={18} />}
                    onClick={focusTest}
                  />
                </span>
                <BuilderMenu
                  isDirty={isDirty}
                  onChat={() => guard.attempt(() => void navigate(`/?agent=${saved.id}`))}
                  onVersions={() => setOpened('versions')}
                  onDuplicate={() =>
                    guard.attempt(
                      () =>
                        void attempt(
                          duplicate(saved.id).then(({ id }) => void navigate(`/agents/${id}`)),
                        ),
                    )
                  }
                  onDiscard={form.discard}
                  onDelete={() => setOpened('delete')}
                />
              </>
            )}
            <Button
              look="primary"
              aria-disabled={saved !== null && !isDirty}
              aria-busy={isSaving}
              aria-keyshortcuts="Control+S Meta+S"
              onClick={() => void save()}
            >
              <Save size={15} aria-hidden="true" />
              {t(saved ? 'common.save' : 'agents.create')}
            </Button>
          </>
        }
      >
        <Link
          to="/agents"
          aria-label={t('agents.back')}
          className={buttonClass('quiet', 'px-2 touch:min-w-11')}
        >
          <ArrowLeft size={17} aria-hidden="true" />
        </Link>
        <h1 className="min-w-0 truncate font-medium">{name}</h1>
        <span className="ml-2 shrink-0">
          <SaveState isSaving={isSaving} isDirty={isDirty} version={saved?.version ?? null} />
        </span>
      </Header>
      <div className="min-h-0 flex-1 overflow-y-auto lg:grid lg:grid-cols-[minmax(0,1fr)_minmax(0,0.82fr)] lg:overflow-hidden">
        <main
          id="agent-form"
          tabIndex={-1}
          className="min-h-0 outline-none lg:overflow-y-auto lg:overscroll-contain"
        >
          <div className="mx-auto w-full max-w-168 px-4 pt-6 pb-16 sm:px-6">
            {shownFailure && (
              <div className="mb-6">
                <ErrorCard
                  error={shownFailure}
                  onRetry={mishap ? undefined : () => void save()}
                  onDismiss={mishap ? () => setMishap(null) : undefined}
                  announce
                />
              </div>
            )}
            <BuilderForm
              draft={draft}
              saved={saved}
              changed={changed}
              onChange={form.change}
              errorOf={errorOf}
            />
          </div>
        </main>
        <div className="h-[calc(100dvh-7rem)] min-h-112 border-t border-line bg-surface/50 lg:h-auto lg:min-h-0 lg:border-t-0 lg:border-l">
          <TestPane agent={saved} isDirty={isDirty} userName={user.name} onSave={saveAndTry} />
        </div>
      </div>
      {saved && opened === 'versions' && (
        <VersionsDialog
          agentId={saved.id}
          isDirty={isDirty}
          onClose={() => setOpened(null)}
          onRevert={async (version) => {
            const reverted = await revert(saved.id, version);
            form.discard();
            form.take(reverted);
          }}
        />
      )}
      <ConfirmDialog
        isOpen={opened === 'delete'}
        title={t('agents.deleteTitle')}
        text={t('agents.deleteText', { name })}
        confirmLabel={t('common.delete')}
        onClose={() => setOpened(null)}
        onConfirm={async () => {
          if (saved) await remove(saved.id);
          await navigate('/agents');
        }}
      />
      <ConfirmDialog
        isOpen={guard.isAsking}
        title={t('agents.leaveTitle')}
        text={t('agents.leaveText')}
        confirmLabel={t('agents.saveAndLeave')}
        cancelLabel={t('agents.stay')}
        onClose={guard.stay}
        onConfirm={async () => {
          if (await form.save()) guard.leave();
          else focusFirstError(form.getSnapshot());
        }}
      >
        <Button
          onClick={() => {
            form.discard(); // It would be there again.
            guard.leave();
          }}
        >
          {t('agents.leave')}
        </Button>
      </ConfirmDialog>
    </div>
  );
}

/** The test may not be there yet: it comes with the agent's first saving. */
function focusTest(): void {
  requestAnimationFrame(() => {
    const pane = document.getElementById('agent-test');
    pane?.scrollIntoView({ block: 'nearest' });
    (pane?.querySelector('textarea') ?? pane)?.focus();
  });
}

/** After the words were drawn. */
function focusFirstError({ problems, refused }: { problems: object; refused: object }): void {
  const field = agentFieldNames.find((each) => each in problems || each in refused);
  if (!field) return;
  requestAnimationFrame(() => {
    const element = document.getElementById(fieldId(field));
    const control = element?.querySelector<HTMLElement>('[aria-haspopup="dialog"], input:enabled:not([hidden])'); // prettier-ignore
    (control ?? element)?.focus();
  });
}
