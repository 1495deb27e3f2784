import {
  useFilesApi,
  useThread,
  useUploads,
  type AnswerSettings,
  type Thread,
} from '@openrouter-native/react';
import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { shortName } from '../../models/facts.ts';
import { baseIdOf } from '../../models/families.ts';
import { useModelIndex } from '../../models/useModelIndex.ts';
import { useServices } from '../../services-context.ts';
import { keepMessage, unsentMessage } from '../../unsent/unsent-message.ts';
import { preloadMarkdown } from '../Markdown/MarkdownText.tsx';
import { ErrorCard } from '../ui/ErrorCard.tsx';
import { AnswerAnnouncer } from './AnswerAnnouncer.tsx';
import { Attachments } from './Attachments.tsx';
import { Composer } from './Composer.tsx';
import { Conversation } from './Conversation.tsx';
import { draftOf, type ThreadDraft } from './drafts.ts';
import { DropArea } from './DropArea.tsx';
import { EmptyChat } from './EmptyChat.tsx';
import { PromptEstimate } from './PromptEstimate.tsx';
import { unreadableOf } from './unreadable.ts';

/** What a chat needs to know of the page around it. */
export interface ChatProps {
  thread: Thread;
  settings: AnswerSettings;
  userName: string;
  /** Stands in before anything was said; `ask` sends a question at once. @defaultValue a greeting */
  renderEmpty?: ((ask: (question: string) => void) => ReactNode) | undefined;
  /** Opens the choice of models; absent where there is none. */
  onChooseModel?: (() => void) | undefined;
  /** Under which name what is being written outlives the page. @defaultValue it does not */
  unsentName?: string;
}

/** One conversation and the field to go on with it. */
export function Chat(props: ChatProps) {
  const { unsentWork } = useServices();
  const { thread, unsentName } = props;
  const draft = draftOf(thread, useFilesApi(), () =>
    unsentName === undefined ? NOTHING : unsentMessage(unsentWork, unsentName),
  );
  return <OpenChat key={draft.key} draft={draft} {...props} />;
}

const NOTHING = { text: '', files: [] };

function OpenChat({
  thread,
  settings,
  userName,
  renderEmpty,
  onChooseModel,
  unsentName,
  draft,
}: ChatProps & { draft: ThreadDraft }) {
  const { t } = useTranslation();
  const { unsentWork } = useServices();
  const index = useModelIndex();
  const snapshot = useThread(thread);
  const { status, failure, unsent, branch } = snapshot;
  const { uploads } = draft;
  const attachments = useUploads(uploads);
  const [text, setText] = useState(draft.getText);
  const [returned, setReturned] = useState(unsent);
  const [leftOut, setLeftOut] = useState<readonly string[]>([]);
  const inputRef = useRef<HTMLTextAreaElement>(null);
  const isAnswering = status !== 'ready' && status !== 'loading';
  const { model: modelId } = settings;
  const hasAnswerer = modelId != null || settings.agent_id != null;
  const model =
    modelId == null ? undefined : (index.byId.get(modelId) ?? index.byId.get(baseIdOf(modelId)));

  if (unsent !== returned) {
    setReturned(unsent);
    if (unsent && text === '') setText(unsent.text); // Nothing that was written is lost.
  }

  useEffect(() => {
    if (unsent) uploads.put(unsent.files);
  }, [unsent, uploads]);

  useEffect(() => {
    draft.setText(text);
    if (unsentName === undefined) return;
    keepMessage(unsentWork, unsentName, {
      text,
      files: attachments.flatMap(({ file }) => file ?? []),
    });
  }, [draft, text, attachments, unsentName, unsentWork]);

  useEffect(preloadMarkdown, []);

  useEffect(() => {
    if (!isAnswering) return;
    function onKeyDown(event: KeyboardEvent) {
      // A dialog or menu that is open handles Escape itself, and prevents the default.
      if (event.key === 'Escape' && !event.defaultPrevented) thread.stop();
    }
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [isAnswering, thread]);

  const attach = useCallback(
    (files: readonly File[]) => {
      setLeftOut(uploads.add(files).map(({ name }) => name));
      inputRef.current?.focus();
    },
    [uploads],
  );
  const send = useCallback(() => {
    const files = uploads.getSnapshot().flatMap(({ file }) => file ?? []);
    uploads.release();
    thread.send({ text, files }, settings);
    setText('');
    setLeftOut([]);
  }, [uploads, thread, text, settings]);
  const stop = useCallback(() => {
    thread.stop();
    inputRef.current?.focus();
  }, [thread]);

  function begin(prompt: string) {
    setText(prompt);
    inputRef.current?.focus();
  }

  function ask(question: string) {
    thread.send({ text: question, files: [] }, settings);
    inputRef.current?.focus();
  }

  function blockedBecause(): string | null {
    if (!hasAnswerer) return t('composer.noModel');
    if (attachments.some((each) => each.failure)) return t('composer.fileFailed');
    return attachments.some((each) => !each.file) ? t('composer.filesUnderWay') : null;
  }

  const files = useMemo(
    () => attachments.map(({ file, type, bytes }) => file ?? { type, bytes }),
    [attachments],
  );
  const attached = (
    <Attachments
      attachments={attachments}
      uploads={uploads}
      unreadable={unreadableOf(
        attachments.map(({ type }) => type),
        model,
      )}
      modelName={model ? shortName(model) : ''}
      leftOut={leftOut}
      onChooseModel={onChooseModel}
    />
  );
  return (
    <DropArea onFiles={attach}>
      <AnswerAnnouncer snapshot={snapshot} />
      <Conversation
        thread={thread}
        snapshot={snapshot}
        settings={settings}
        inputRef={inputRef}
        onChooseModel={onChooseModel}
        empty={
          renderEmpty ? (
            <Beginning render={renderEmpty} onAsk={ask} />
          ) : (
            <EmptyChat name={userName} onStart={begin} />
          )
        }
      >
        {failure && (
          <div className="pb-2">
            <ErrorCard
              error={failure}
              onRetry={unsent ? undefined : thread.reload}
              onDismiss={thread.dismiss}
              announce
            />
          </div>
        )}
        <Composer
          text={text}
          onChange={setText}
          inputRef={inputRef}
          isAnswering={isAnswering}
          hasFiles={attachments.length > 0}
          blockedBecause={blockedBecause()}
          onFiles={attach}
          onSend={send}
          onStop={stop}
        >
          {attached}
        </Composer>
        <div id="composer-hint" className="mt-2 min-h-4 text-center text-tiny text-ink-faint">
          {!hasAnswerer && `${t('composer.noModelHint')} `}
          {isAnswering && <span className="touch:hidden">{t('composer.stopHint')}</span>}
          {!isAnswering && (text !== '' || files.length > 0) && hasAnswerer ? (
            <PromptEstimate
              settings={settings}
              index={index}
              branch={branch}
              text={text}
              files={files}
            />
          ) : (
            !isAnswering && <span className="touch:hidden">{t('composer.sendHint')}</span>
          )}
        </div>
      </Conversation>
    </DropArea>
  );
}

/** What is shown before anything was said, where it is not the usual greeting. */
function Beginning({
  render,
  onAsk,
}: {
  render: NonNullable<ChatProps['renderEmpty']>;
  onAsk: (question: string) => void;
}) {
  return render(onAsk);
}
